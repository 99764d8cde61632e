/** When a clock applies to a child, apart from what the pathway asks of each outcome. Unknown never closes a clock. */
// @ts-nocheck
function stryNS_9fa48() {
  var g = typeof globalThis === 'object' && globalThis && globalThis.Math === Math && globalThis || new Function("return this")();
  var ns = g.__stryker__ || (g.__stryker__ = {});
  if (ns.activeMutant === undefined && g.process && g.process.env && g.process.env.__STRYKER_ACTIVE_MUTANT__) {
    ns.activeMutant = g.process.env.__STRYKER_ACTIVE_MUTANT__;
  }
  function retrieveNS() {
    return ns;
  }
  stryNS_9fa48 = retrieveNS;
  return retrieveNS();
}
stryNS_9fa48();
function stryCov_9fa48() {
  var ns = stryNS_9fa48();
  var cov = ns.mutantCoverage || (ns.mutantCoverage = {
    static: {},
    perTest: {}
  });
  function cover() {
    var c = cov.static;
    if (ns.currentTestId) {
      c = cov.perTest[ns.currentTestId] = cov.perTest[ns.currentTestId] || {};
    }
    var a = arguments;
    for (var i = 0; i < a.length; i++) {
      c[a[i]] = (c[a[i]] || 0) + 1;
    }
  }
  stryCov_9fa48 = cover;
  cover.apply(null, arguments);
}
function stryMutAct_9fa48(id) {
  var ns = stryNS_9fa48();
  function isActive(id) {
    if (ns.activeMutant === id) {
      if (ns.hitCount !== void 0 && ++ns.hitCount > ns.hitLimit) {
        throw new Error('Stryker: Hit count limit reached (' + ns.hitCount + ')');
      }
      return true;
    }
    return false;
  }
  stryMutAct_9fa48 = isActive;
  return isActive(id);
}
import { everOpened, openOnce } from './deadlines.ts';
import type { Draft } from './draft.ts';
import { currentScreening, type Referral } from './referral.ts';
import { leastYears } from './report-facts.ts';
import type { Answer } from './vocabulary.ts';
const hours = 3_600_000;
/** Evidence kits are taken up to 120 hours after an assault (DOMAIN 5). */
const evidenceWindow = stryMutAct_9fa48("0") ? 120 / hours : (stryCov_9fa48("0"), 120 * hours);

/** The clocks that the report itself starts, and when each applies. */
export const intakeClocks: readonly {
  readonly rule: string;
  readonly when: (state: Referral) => boolean;
  readonly notAfter?: (state: Referral) => string | undefined;
}[] = stryMutAct_9fa48("1") ? [] : (stryCov_9fa48("1"), [stryMutAct_9fa48("2") ? {} : (stryCov_9fa48("2"), {
  rule: stryMutAct_9fa48("3") ? "" : (stryCov_9fa48("3"), 'D1'),
  when: stryMutAct_9fa48("4") ? () => undefined : (stryCov_9fa48("4"), () => stryMutAct_9fa48("5") ? false : (stryCov_9fa48("5"), true))
}), stryMutAct_9fa48("6") ? {} : (stryCov_9fa48("6"), {
  rule: stryMutAct_9fa48("7") ? "" : (stryCov_9fa48("7"), 'D2'),
  when: stryMutAct_9fa48("8") ? () => undefined : (stryCov_9fa48("8"), ({
    report
  }) => stryMutAct_9fa48("11") ? report.mandated === 'yes' || report.anonymous !== 'yes' : stryMutAct_9fa48("10") ? false : stryMutAct_9fa48("9") ? true : (stryCov_9fa48("9", "10", "11"), (stryMutAct_9fa48("13") ? report.mandated !== 'yes' : stryMutAct_9fa48("12") ? true : (stryCov_9fa48("12", "13"), report.mandated === (stryMutAct_9fa48("14") ? "" : (stryCov_9fa48("14"), 'yes')))) && (stryMutAct_9fa48("16") ? report.anonymous === 'yes' : stryMutAct_9fa48("15") ? true : (stryCov_9fa48("15", "16"), report.anonymous !== (stryMutAct_9fa48("17") ? "" : (stryCov_9fa48("17"), 'yes'))))))
}), stryMutAct_9fa48("18") ? {} : (stryCov_9fa48("18"), {
  rule: stryMutAct_9fa48("19") ? "" : (stryCov_9fa48("19"), 'D3'),
  when: stryMutAct_9fa48("20") ? () => undefined : (stryCov_9fa48("20"), () => stryMutAct_9fa48("21") ? false : (stryCov_9fa48("21"), true))
}), stryMutAct_9fa48("22") ? {} : (stryCov_9fa48("22"), {
  rule: stryMutAct_9fa48("23") ? "" : (stryCov_9fa48("23"), 'D4'),
  when: stryMutAct_9fa48("24") ? () => undefined : (stryCov_9fa48("24"), ({
    child
  }) => stryMutAct_9fa48("27") ? child.perpetrator === 'third-party' && child.perpetrator === 'unknown' : stryMutAct_9fa48("26") ? false : stryMutAct_9fa48("25") ? true : (stryCov_9fa48("25", "26", "27"), (stryMutAct_9fa48("29") ? child.perpetrator !== 'third-party' : stryMutAct_9fa48("28") ? false : (stryCov_9fa48("28", "29"), child.perpetrator === (stryMutAct_9fa48("30") ? "" : (stryCov_9fa48("30"), 'third-party')))) || (stryMutAct_9fa48("32") ? child.perpetrator !== 'unknown' : stryMutAct_9fa48("31") ? false : (stryCov_9fa48("31", "32"), child.perpetrator === (stryMutAct_9fa48("33") ? "" : (stryCov_9fa48("33"), 'unknown'))))))
}), stryMutAct_9fa48("34") ? {} : (stryCov_9fa48("34"), {
  rule: stryMutAct_9fa48("35") ? "" : (stryCov_9fa48("35"), 'D6'),
  when: stryMutAct_9fa48("36") ? () => undefined : (stryCov_9fa48("36"), ({
    danger
  }) => stryMutAct_9fa48("39") ? danger === 'no' : stryMutAct_9fa48("38") ? false : stryMutAct_9fa48("37") ? true : (stryCov_9fa48("37", "38", "39"), danger !== (stryMutAct_9fa48("40") ? "" : (stryCov_9fa48("40"), 'no'))))
}), // Where danger was ruled out later, that decision opened it, or the response had begun.
stryMutAct_9fa48("41") ? {} : (stryCov_9fa48("41"), {
  rule: stryMutAct_9fa48("42") ? "" : (stryCov_9fa48("42"), 'D7'),
  when: stryMutAct_9fa48("43") ? () => undefined : (stryCov_9fa48("43"), state => stryMutAct_9fa48("46") ? state.danger === 'no' || !everOpened(state, 'D6') : stryMutAct_9fa48("45") ? false : stryMutAct_9fa48("44") ? true : (stryCov_9fa48("44", "45", "46"), (stryMutAct_9fa48("48") ? state.danger !== 'no' : stryMutAct_9fa48("47") ? true : (stryCov_9fa48("47", "48"), state.danger === (stryMutAct_9fa48("49") ? "" : (stryCov_9fa48("49"), 'no')))) && (stryMutAct_9fa48("50") ? everOpened(state, 'D6') : (stryCov_9fa48("50"), !everOpened(state, stryMutAct_9fa48("51") ? "" : (stryCov_9fa48("51"), 'D6'))))))
}), stryMutAct_9fa48("52") ? {} : (stryCov_9fa48("52"), {
  rule: stryMutAct_9fa48("53") ? "" : (stryCov_9fa48("53"), 'D8'),
  when: stryMutAct_9fa48("54") ? () => undefined : (stryCov_9fa48("54"), () => stryMutAct_9fa48("55") ? false : (stryCov_9fa48("55"), true))
}), stryMutAct_9fa48("56") ? {} : (stryCov_9fa48("56"), {
  rule: stryMutAct_9fa48("57") ? "" : (stryCov_9fa48("57"), 'D9'),
  when: stryMutAct_9fa48("58") ? () => undefined : (stryCov_9fa48("58"), () => stryMutAct_9fa48("59") ? false : (stryCov_9fa48("59"), true))
}), stryMutAct_9fa48("60") ? {} : (stryCov_9fa48("60"), {
  rule: stryMutAct_9fa48("61") ? "" : (stryCov_9fa48("61"), 'D12a'),
  when: stryMutAct_9fa48("62") ? () => undefined : (stryCov_9fa48("62"), ({
    missing
  }) => missing)
}), stryMutAct_9fa48("63") ? {} : (stryCov_9fa48("63"), {
  rule: stryMutAct_9fa48("64") ? "" : (stryCov_9fa48("64"), 'D12b'),
  when: stryMutAct_9fa48("65") ? () => undefined : (stryCov_9fa48("65"), ({
    missing
  }) => missing)
}), stryMutAct_9fa48("66") ? {} : (stryCov_9fa48("66"), {
  rule: stryMutAct_9fa48("67") ? "" : (stryCov_9fa48("67"), 'D17'),
  when: mayHaveEvidence,
  notAfter: endOfEvidence
}), stryMutAct_9fa48("68") ? {} : (stryCov_9fa48("68"), {
  rule: stryMutAct_9fa48("69") ? "" : (stryCov_9fa48("69"), 'D21'),
  when: stryMutAct_9fa48("70") ? () => undefined : (stryCov_9fa48("70"), () => stryMutAct_9fa48("71") ? false : (stryCov_9fa48("71"), true))
}), stryMutAct_9fa48("72") ? {} : (stryCov_9fa48("72"), {
  rule: stryMutAct_9fa48("73") ? "" : (stryCov_9fa48("73"), 'D27'),
  when: isForeignMinor
}), stryMutAct_9fa48("74") ? {} : (stryCov_9fa48("74"), {
  rule: stryMutAct_9fa48("75") ? "" : (stryCov_9fa48("75"), 'D30'),
  when: stryMutAct_9fa48("76") ? () => undefined : (stryCov_9fa48("76"), state => isForAdultServices(state))
})]);
function mayHaveEvidence({
  child,
  receivedAt
}: Referral): boolean {
  if (stryMutAct_9fa48("77")) {
    {}
  } else {
    stryCov_9fa48("77");
    if (stryMutAct_9fa48("80") ? child.lastAssaultAt !== 'none-known' : stryMutAct_9fa48("79") ? false : stryMutAct_9fa48("78") ? true : (stryCov_9fa48("78", "79", "80"), child.lastAssaultAt === (stryMutAct_9fa48("81") ? "" : (stryCov_9fa48("81"), 'none-known')))) return stryMutAct_9fa48("82") ? true : (stryCov_9fa48("82"), false);
    return stryMutAct_9fa48("85") ? child.lastAssaultAt === 'unknown' && Date.parse(receivedAt) - Date.parse(child.lastAssaultAt) <= evidenceWindow : stryMutAct_9fa48("84") ? false : stryMutAct_9fa48("83") ? true : (stryCov_9fa48("83", "84", "85"), (stryMutAct_9fa48("87") ? child.lastAssaultAt !== 'unknown' : stryMutAct_9fa48("86") ? false : (stryCov_9fa48("86", "87"), child.lastAssaultAt === (stryMutAct_9fa48("88") ? "" : (stryCov_9fa48("88"), 'unknown')))) || (stryMutAct_9fa48("91") ? Date.parse(receivedAt) - Date.parse(child.lastAssaultAt) > evidenceWindow : stryMutAct_9fa48("90") ? Date.parse(receivedAt) - Date.parse(child.lastAssaultAt) < evidenceWindow : stryMutAct_9fa48("89") ? false : (stryCov_9fa48("89", "90", "91"), (stryMutAct_9fa48("92") ? Date.parse(receivedAt) + Date.parse(child.lastAssaultAt) : (stryCov_9fa48("92"), Date.parse(receivedAt) - Date.parse(child.lastAssaultAt))) <= evidenceWindow)));
  }
}
function endOfEvidence({
  child
}: Referral): string | undefined {
  if (stryMutAct_9fa48("93")) {
    {}
  } else {
    stryCov_9fa48("93");
    const at = Date.parse(child.lastAssaultAt);
    return Number.isNaN(at) ? undefined : new Date(stryMutAct_9fa48("94") ? at - evidenceWindow : (stryCov_9fa48("94"), at + evidenceWindow)).toISOString();
  }
}

/** 22 U.S.C. 7105(b)(1) speaks of anybody under 18; who may be is. Nobody asks it of a child not known to be a foreign national. */
export function isForeignMinor({
  child
}: Referral): boolean {
  if (stryMutAct_9fa48("95")) {
    {}
  } else {
    stryCov_9fa48("95");
    return stryMutAct_9fa48("98") ? child.foreignNational === 'yes' || leastYears(child.age) < 18 : stryMutAct_9fa48("97") ? false : stryMutAct_9fa48("96") ? true : (stryCov_9fa48("96", "97", "98"), (stryMutAct_9fa48("100") ? child.foreignNational !== 'yes' : stryMutAct_9fa48("99") ? true : (stryCov_9fa48("99", "100"), child.foreignNational === (stryMutAct_9fa48("101") ? "" : (stryCov_9fa48("101"), 'yes')))) && (stryMutAct_9fa48("104") ? leastYears(child.age) >= 18 : stryMutAct_9fa48("103") ? leastYears(child.age) <= 18 : stryMutAct_9fa48("102") ? true : (stryCov_9fa48("102", "103", "104"), leastYears(child.age) < 18)));
  }
}

/**
 * Of age, and not a client of the department under 21, whom the existing case plan serves (DOMAIN 7c, rows 2 and 3). `years`
 * is the age today by the date of birth, where the caller may know it.
 */
export function isForAdultServices({
  child
}: Referral, years = leastYears(child.age)): boolean {
  if (stryMutAct_9fa48("105")) {
    {}
  } else {
    stryCov_9fa48("105");
    return stryMutAct_9fa48("108") ? years >= 21 && years >= 18 && child.dcfClient !== 'yes' : stryMutAct_9fa48("107") ? false : stryMutAct_9fa48("106") ? true : (stryCov_9fa48("106", "107", "108"), (stryMutAct_9fa48("111") ? years < 21 : stryMutAct_9fa48("110") ? years > 21 : stryMutAct_9fa48("109") ? false : (stryCov_9fa48("109", "110", "111"), years >= 21)) || (stryMutAct_9fa48("113") ? years >= 18 || child.dcfClient !== 'yes' : stryMutAct_9fa48("112") ? false : (stryCov_9fa48("112", "113"), (stryMutAct_9fa48("116") ? years < 18 : stryMutAct_9fa48("115") ? years > 18 : stryMutAct_9fa48("114") ? true : (stryCov_9fa48("114", "115", "116"), years >= 18)) && (stryMutAct_9fa48("118") ? child.dcfClient === 'yes' : stryMutAct_9fa48("117") ? true : (stryCov_9fa48("117", "118"), child.dcfClient !== (stryMutAct_9fa48("119") ? "" : (stryCov_9fa48("119"), 'yes')))))));
  }
}

/** In care by what was reported: committed, under an order, or placed by the department. */
export const wasInCare = stryMutAct_9fa48("120") ? () => undefined : (stryCov_9fa48("120"), (() => {
  const wasInCare = ({
    child
  }: Referral): boolean => stryMutAct_9fa48("123") ? (child.population === 'in-dcf-care' || child.legalStatus === 'order-of-temporary-custody') && child.legalStatus === 'committed' : stryMutAct_9fa48("122") ? false : stryMutAct_9fa48("121") ? true : (stryCov_9fa48("121", "122", "123"), (stryMutAct_9fa48("125") ? child.population === 'in-dcf-care' && child.legalStatus === 'order-of-temporary-custody' : stryMutAct_9fa48("124") ? false : (stryCov_9fa48("124", "125"), (stryMutAct_9fa48("127") ? child.population !== 'in-dcf-care' : stryMutAct_9fa48("126") ? false : (stryCov_9fa48("126", "127"), child.population === (stryMutAct_9fa48("128") ? "" : (stryCov_9fa48("128"), 'in-dcf-care')))) || (stryMutAct_9fa48("130") ? child.legalStatus !== 'order-of-temporary-custody' : stryMutAct_9fa48("129") ? false : (stryCov_9fa48("129", "130"), child.legalStatus === (stryMutAct_9fa48("131") ? "" : (stryCov_9fa48("131"), 'order-of-temporary-custody')))))) || (stryMutAct_9fa48("133") ? child.legalStatus !== 'committed' : stryMutAct_9fa48("132") ? false : (stryCov_9fa48("132", "133"), child.legalStatus === (stryMutAct_9fa48("134") ? "" : (stryCov_9fa48("134"), 'committed')))));
  return wasInCare;
})());

/** Placement, care or supervision of the department, which includes an open in-home case (42 U.S.C. 671(a)(9)(C)). */
export function inResponsibility(state: Referral): Answer {
  if (stryMutAct_9fa48("135")) {
    {}
  } else {
    stryCov_9fa48("135");
    const {
      child,
      hold,
      enteredCare
    } = state;
    if (stryMutAct_9fa48("138") ? (wasInCare(state) || hold || enteredCare || child.legalStatus === 'open-in-home') && child.dcfClient === 'yes' : stryMutAct_9fa48("137") ? false : stryMutAct_9fa48("136") ? true : (stryCov_9fa48("136", "137", "138"), (stryMutAct_9fa48("140") ? (wasInCare(state) || hold || enteredCare) && child.legalStatus === 'open-in-home' : stryMutAct_9fa48("139") ? false : (stryCov_9fa48("139", "140"), (stryMutAct_9fa48("142") ? (wasInCare(state) || hold) && enteredCare : stryMutAct_9fa48("141") ? false : (stryCov_9fa48("141", "142"), (stryMutAct_9fa48("144") ? wasInCare(state) && hold : stryMutAct_9fa48("143") ? false : (stryCov_9fa48("143", "144"), wasInCare(state) || hold)) || enteredCare)) || (stryMutAct_9fa48("146") ? child.legalStatus !== 'open-in-home' : stryMutAct_9fa48("145") ? false : (stryCov_9fa48("145", "146"), child.legalStatus === (stryMutAct_9fa48("147") ? "" : (stryCov_9fa48("147"), 'open-in-home')))))) || (stryMutAct_9fa48("149") ? child.dcfClient !== 'yes' : stryMutAct_9fa48("148") ? false : (stryCov_9fa48("148", "149"), child.dcfClient === (stryMutAct_9fa48("150") ? "" : (stryCov_9fa48("150"), 'yes')))))) {
      if (stryMutAct_9fa48("151")) {
        {}
      } else {
        stryCov_9fa48("151");
        return stryMutAct_9fa48("152") ? "" : (stryCov_9fa48("152"), 'yes');
      }
    }
    const outside = stryMutAct_9fa48("155") ? child.legalStatus === 'none' || child.population !== 'unknown' : stryMutAct_9fa48("154") ? false : stryMutAct_9fa48("153") ? true : (stryCov_9fa48("153", "154", "155"), (stryMutAct_9fa48("157") ? child.legalStatus !== 'none' : stryMutAct_9fa48("156") ? true : (stryCov_9fa48("156", "157"), child.legalStatus === (stryMutAct_9fa48("158") ? "" : (stryCov_9fa48("158"), 'none')))) && (stryMutAct_9fa48("160") ? child.population === 'unknown' : stryMutAct_9fa48("159") ? true : (stryCov_9fa48("159", "160"), child.population !== (stryMutAct_9fa48("161") ? "" : (stryCov_9fa48("161"), 'unknown')))));
    return (stryMutAct_9fa48("164") ? child.dcfClient === 'no' && outside : stryMutAct_9fa48("163") ? false : stryMutAct_9fa48("162") ? true : (stryCov_9fa48("162", "163", "164"), (stryMutAct_9fa48("166") ? child.dcfClient !== 'no' : stryMutAct_9fa48("165") ? false : (stryCov_9fa48("165", "166"), child.dcfClient === (stryMutAct_9fa48("167") ? "" : (stryCov_9fa48("167"), 'no')))) || outside)) ? stryMutAct_9fa48("168") ? "" : (stryCov_9fa48("168"), 'no') : stryMutAct_9fa48("169") ? "" : (stryCov_9fa48("169"), 'unknown');
  }
}

/** D5, from the moment the child is both identified and in the responsibility of the department: called where either becomes so. */
export function reportIdentified(draft: Draft, since?: string): void {
  if (stryMutAct_9fa48("170")) {
    {}
  } else {
    stryCov_9fa48("170");
    const state = draft.state();
    const screening = currentScreening(state);
    if (stryMutAct_9fa48("173") ? screening?.outcome !== 'confirmed' && inResponsibility(state) === 'no' : stryMutAct_9fa48("172") ? false : stryMutAct_9fa48("171") ? true : (stryCov_9fa48("171", "172", "173"), (stryMutAct_9fa48("175") ? screening?.outcome === 'confirmed' : stryMutAct_9fa48("174") ? false : (stryCov_9fa48("174", "175"), (stryMutAct_9fa48("176") ? screening.outcome : (stryCov_9fa48("176"), screening?.outcome)) !== (stryMutAct_9fa48("177") ? "" : (stryCov_9fa48("177"), 'confirmed')))) || (stryMutAct_9fa48("179") ? inResponsibility(state) !== 'no' : stryMutAct_9fa48("178") ? false : (stryCov_9fa48("178", "179"), inResponsibility(state) === (stryMutAct_9fa48("180") ? "" : (stryCov_9fa48("180"), 'no')))))) return;
    const start = (stryMutAct_9fa48("183") ? since !== undefined || Date.parse(since) > Date.parse(screening.at) : stryMutAct_9fa48("182") ? false : stryMutAct_9fa48("181") ? true : (stryCov_9fa48("181", "182", "183"), (stryMutAct_9fa48("185") ? since === undefined : stryMutAct_9fa48("184") ? true : (stryCov_9fa48("184", "185"), since !== undefined)) && (stryMutAct_9fa48("188") ? Date.parse(since) <= Date.parse(screening.at) : stryMutAct_9fa48("187") ? Date.parse(since) >= Date.parse(screening.at) : stryMutAct_9fa48("186") ? true : (stryCov_9fa48("186", "187", "188"), Date.parse(since) > Date.parse(screening.at))))) ? since : screening.at;
    openOnce(draft, stryMutAct_9fa48("190") ? "" : (stryCov_9fa48("190"), 'D5'), stryMutAct_9fa48("191") ? {} : (stryCov_9fa48("191"), {
      start
    }));
  }
}