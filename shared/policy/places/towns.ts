/**
 * The 169 towns of Connecticut: the DCF region and area office that serve each, and its judicial district.
 *
 * Sources: CT-Data-Collaborative connect-dashboard (regions). Data.ct.gov mv6c-2a7z and ex8d-mq3p (offices and districts, of
 * 2014-2016). Public Act 25-91 (the districts from October 1, 2025). Only values seen in a source are `verified`. The rest is
 * inferred, so only `believed`: a person must confirm it before an alert relies on it alone.
 */
import type { Confidence } from '../../domain/policy/confidence.ts';

export type RegionId = 1 | 2 | 3 | 4 | 5 | 6;

export type OfficeId =
  | 'BRIDGEPORT'
  | 'DANBURY'
  | 'HARTFORD'
  | 'MANCHESTER'
  | 'MERIDEN'
  | 'MIDDLETOWN'
  | 'MILFORD'
  | 'NEW-BRITAIN'
  | 'NEW-HAVEN'
  | 'NORWALK'
  | 'NORWICH'
  | 'TORRINGTON'
  | 'WATERBURY'
  | 'WILLIMANTIC';

export type JudicialDistrict =
  | 'Ansonia-Milford'
  | 'Danbury'
  | 'Fairfield'
  | 'Hartford'
  | 'Litchfield'
  | 'Middlesex'
  | 'New Britain'
  | 'New Haven'
  | 'New London'
  | 'Stamford-Norwalk'
  | 'Tolland'
  | 'Waterbury'
  | 'Windham';

export interface Town {
  readonly name: string;
  /** County subdivision code of the Census Bureau, ten digits. */
  readonly fips: string;
  readonly region: RegionId;
  readonly regionConfidence: Confidence;
  readonly office: OfficeId;
  readonly officeConfidence: Confidence;
  /** The judicial district up to September 30, 2025. */
  readonly districtBefore: JudicialDistrict;
  readonly districtBeforeConfidence: Confidence;
  /** The judicial district from October 1, 2025. */
  readonly district: JudicialDistrict;
  readonly districtConfidence: Confidence;
}

type Row = readonly [
  name: string,
  fips: string,
  region: RegionId,
  regionConfidence: Confidence,
  office: OfficeId,
  officeConfidence: Confidence,
  districtBefore: JudicialDistrict,
  districtBeforeConfidence: Confidence,
  district: JudicialDistrict,
  districtConfidence: Confidence,
];

const V = 'verified';
const B = 'believed';

const rows: readonly Row[] = [
  ['Andover', '0901301080', 4, V, 'MANCHESTER', V, 'Tolland', V, 'Tolland', V],
  ['Ansonia', '0900901220', 2, V, 'MILFORD', V, 'Ansonia-Milford', V, 'Ansonia-Milford', V],
  ['Ashford', '0901501430', 3, V, 'WILLIMANTIC', V, 'Windham', V, 'Windham', V],
  ['Avon', '0900302060', 6, V, 'NEW-BRITAIN', V, 'Hartford', V, 'Litchfield', V],
  ['Barkhamsted', '0900502760', 5, V, 'TORRINGTON', V, 'Litchfield', V, 'Litchfield', V],
  ['Beacon Falls', '0900903250', 5, V, 'WATERBURY', V, 'Ansonia-Milford', V, 'Ansonia-Milford', V],
  ['Berlin', '0900304300', 6, V, 'NEW-BRITAIN', V, 'New Britain', V, 'New Britain', V],
  ['Bethany', '0900904580', 2, V, 'MILFORD', V, 'New Haven', V, 'New Haven', V],
  ['Bethel', '0900104720', 5, V, 'DANBURY', V, 'Danbury', V, 'Danbury', V],
  ['Bethlehem', '0900504930', 5, V, 'TORRINGTON', V, 'Litchfield', V, 'Litchfield', V],
  ['Bloomfield', '0900305910', 4, V, 'HARTFORD', B, 'Hartford', B, 'Hartford', B],
  ['Bolton', '0901306260', 4, V, 'MANCHESTER', B, 'Tolland', B, 'Tolland', B],
  ['Bozrah', '0901106820', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['Branford', '0900907310', 2, V, 'MILFORD', B, 'New Haven', B, 'New Haven', B],
  ['Bridgeport', '0900108070', 1, V, 'BRIDGEPORT', B, 'Fairfield', B, 'Fairfield', B],
  ['Bridgewater', '0900508210', 5, V, 'DANBURY', B, 'Litchfield', B, 'Litchfield', B],
  ['Bristol', '0900308490', 6, V, 'NEW-BRITAIN', B, 'New Britain', B, 'New Britain', B],
  ['Brookfield', '0900108980', 5, V, 'DANBURY', B, 'Danbury', B, 'Danbury', B],
  ['Brooklyn', '0901509190', 3, V, 'WILLIMANTIC', B, 'Windham', B, 'Windham', B],
  ['Burlington', '0900310100', 6, V, 'NEW-BRITAIN', B, 'New Britain', B, 'Litchfield', V],
  ['Canaan', '0900510940', 5, V, 'TORRINGTON', B, 'Litchfield', B, 'Litchfield', B],
  ['Canterbury', '0901512130', 3, V, 'WILLIMANTIC', B, 'Windham', B, 'Windham', B],
  ['Canton', '0900312270', 6, V, 'NEW-BRITAIN', B, 'Hartford', B, 'Litchfield', V],
  ['Chaplin', '0901513810', 3, V, 'WILLIMANTIC', B, 'Windham', B, 'Windham', B],
  ['Cheshire', '0900914160', 5, V, 'WATERBURY', B, 'New Haven', B, 'New Haven', B],
  ['Chester', '0900714300', 3, V, 'MIDDLETOWN', B, 'Middlesex', B, 'Middlesex', B],
  ['Clinton', '0900715350', 3, V, 'MIDDLETOWN', B, 'Middlesex', B, 'Middlesex', B],
  ['Colchester', '0901115910', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['Colebrook', '0900516050', 5, V, 'TORRINGTON', B, 'Litchfield', B, 'Litchfield', B],
  ['Columbia', '0901316400', 3, V, 'WILLIMANTIC', B, 'Tolland', B, 'Tolland', B],
  ['Cornwall', '0900517240', 5, V, 'TORRINGTON', B, 'Litchfield', B, 'Litchfield', B],
  ['Coventry', '0901317800', 3, V, 'WILLIMANTIC', B, 'Tolland', B, 'Tolland', B],
  ['Cromwell', '0900718080', 3, V, 'MIDDLETOWN', B, 'Middlesex', B, 'Middlesex', B],
  ['Danbury', '0900118500', 5, V, 'DANBURY', B, 'Danbury', B, 'Danbury', B],
  ['Darien', '0900118850', 1, V, 'NORWALK', B, 'Stamford-Norwalk', B, 'Stamford-Norwalk', B],
  ['Deep River', '0900719130', 3, V, 'MIDDLETOWN', B, 'Middlesex', B, 'Middlesex', B],
  ['Derby', '0900919550', 2, V, 'MILFORD', B, 'Ansonia-Milford', B, 'Ansonia-Milford', B],
  ['Durham', '0900720810', 3, V, 'MIDDLETOWN', B, 'Middlesex', B, 'Middlesex', B],
  ['East Granby', '0900322070', 4, V, 'HARTFORD', B, 'Hartford', B, 'Hartford', B],
  ['East Haddam', '0900722280', 3, V, 'MIDDLETOWN', B, 'Middlesex', B, 'Middlesex', B],
  ['East Hampton', '0900722490', 3, V, 'MIDDLETOWN', B, 'Middlesex', B, 'Middlesex', B],
  ['East Hartford', '0900322630', 4, V, 'MANCHESTER', B, 'Hartford', B, 'Hartford', B],
  ['East Haven', '0900922910', 2, V, 'MILFORD', B, 'New Haven', B, 'New Haven', B],
  ['East Lyme', '0901123400', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['East Windsor', '0900324800', 4, V, 'MANCHESTER', B, 'Hartford', B, 'Hartford', B],
  ['Eastford', '0901521860', 3, V, 'WILLIMANTIC', B, 'Windham', B, 'Windham', B],
  ['Easton', '0900123890', 1, V, 'BRIDGEPORT', B, 'Fairfield', B, 'Fairfield', B],
  ['Ellington', '0901325360', 4, V, 'MANCHESTER', B, 'Tolland', B, 'Tolland', B],
  ['Enfield', '0900325990', 4, V, 'MANCHESTER', B, 'Hartford', B, 'Hartford', B],
  ['Essex', '0900726270', 3, V, 'MIDDLETOWN', B, 'Middlesex', B, 'Middlesex', B],
  ['Fairfield', '0900126620', 1, V, 'BRIDGEPORT', B, 'Fairfield', B, 'Fairfield', B],
  ['Farmington', '0900327600', 6, V, 'NEW-BRITAIN', B, 'Hartford', B, 'Litchfield', V],
  ['Franklin', '0901129910', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['Glastonbury', '0900331240', 4, V, 'MANCHESTER', B, 'Hartford', B, 'Hartford', B],
  ['Goshen', '0900532290', 5, V, 'TORRINGTON', B, 'Litchfield', B, 'Litchfield', B],
  ['Granby', '0900332640', 4, V, 'HARTFORD', B, 'Hartford', B, 'Litchfield', V],
  ['Greenwich', '0900133620', 1, V, 'NORWALK', B, 'Stamford-Norwalk', B, 'Stamford-Norwalk', B],
  ['Griswold', '0901133900', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['Groton', '0901134250', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['Guilford', '0900934950', 3, V, 'MIDDLETOWN', B, 'New Haven', B, 'New Haven', B],
  ['Haddam', '0900735230', 3, V, 'MIDDLETOWN', B, 'Middlesex', B, 'Middlesex', B],
  ['Hamden', '0900935650', 2, V, 'MILFORD', B, 'New Haven', B, 'New Haven', B],
  ['Hampton', '0901536000', 3, V, 'WILLIMANTIC', B, 'Windham', B, 'Windham', B],
  ['Hartford', '0900337070', 4, V, 'HARTFORD', B, 'Hartford', B, 'Hartford', B],
  ['Hartland', '0900337140', 5, V, 'TORRINGTON', B, 'Litchfield', B, 'Litchfield', B],
  ['Harwinton', '0900537280', 5, V, 'TORRINGTON', B, 'Litchfield', B, 'Litchfield', B],
  ['Hebron', '0901337910', 4, V, 'MANCHESTER', B, 'Tolland', B, 'Tolland', B],
  ['Kent', '0900540290', 5, V, 'TORRINGTON', B, 'Litchfield', B, 'Litchfield', B],
  ['Killingly', '0901540500', 3, V, 'WILLIMANTIC', B, 'Windham', B, 'Windham', B],
  ['Killingworth', '0900740710', 3, V, 'MIDDLETOWN', B, 'Middlesex', B, 'Middlesex', B],
  ['Lebanon', '0901142390', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['Ledyard', '0901142600', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['Lisbon', '0901143230', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['Litchfield', '0900543370', 5, V, 'TORRINGTON', B, 'Litchfield', B, 'Litchfield', B],
  ['Lyme', '0901144210', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['Madison', '0900944560', 3, V, 'MIDDLETOWN', B, 'New Haven', B, 'New Haven', B],
  ['Manchester', '0900344700', 4, V, 'MANCHESTER', B, 'Hartford', B, 'Hartford', B],
  ['Mansfield', '0901344910', 3, V, 'WILLIMANTIC', B, 'Tolland', B, 'Tolland', B],
  ['Marlborough', '0900345820', 4, V, 'MANCHESTER', B, 'Hartford', B, 'Hartford', B],
  ['Meriden', '0900946520', 6, V, 'MERIDEN', B, 'New Haven', B, 'New Haven', B],
  ['Middlebury', '0900946940', 5, V, 'WATERBURY', B, 'Waterbury', B, 'Waterbury', B],
  ['Middlefield', '0900747080', 3, V, 'MIDDLETOWN', B, 'Middlesex', B, 'Middlesex', B],
  ['Middletown', '0900747360', 3, V, 'MIDDLETOWN', B, 'Middlesex', B, 'Middlesex', B],
  ['Milford', '0900947535', 2, V, 'MILFORD', B, 'Ansonia-Milford', B, 'Ansonia-Milford', B],
  ['Monroe', '0900148620', 1, V, 'BRIDGEPORT', B, 'Fairfield', B, 'Fairfield', B],
  ['Montville', '0901148900', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['Morris', '0900549460', 5, V, 'TORRINGTON', B, 'Litchfield', B, 'Litchfield', B],
  ['Naugatuck', '0900949950', 5, V, 'WATERBURY', B, 'Waterbury', B, 'Waterbury', B],
  ['New Britain', '0900350440', 6, V, 'NEW-BRITAIN', B, 'New Britain', B, 'New Britain', B],
  ['New Canaan', '0900150580', 1, V, 'NORWALK', B, 'Stamford-Norwalk', B, 'Stamford-Norwalk', B],
  ['New Fairfield', '0900150860', 5, V, 'DANBURY', B, 'Danbury', B, 'Danbury', B],
  ['New Hartford', '0900551350', 5, V, 'TORRINGTON', B, 'Litchfield', B, 'Litchfield', B],
  ['New Haven', '0900952070', 2, V, 'NEW-HAVEN', B, 'New Haven', B, 'New Haven', B],
  ['New London', '0901152350', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['New Milford', '0900552630', 5, V, 'DANBURY', B, 'Litchfield', B, 'Litchfield', B],
  ['Newington', '0900352140', 6, V, 'NEW-BRITAIN', B, 'New Britain', B, 'New Britain', B],
  ['Newtown', '0900152980', 5, V, 'DANBURY', B, 'Danbury', B, 'Danbury', B],
  ['Norfolk', '0900553470', 5, V, 'TORRINGTON', B, 'Litchfield', B, 'Litchfield', B],
  ['North Branford', '0900953890', 2, V, 'MILFORD', B, 'New Haven', B, 'New Haven', B],
  ['North Canaan', '0900554030', 5, V, 'TORRINGTON', B, 'Litchfield', B, 'Litchfield', B],
  ['North Haven', '0900954870', 2, V, 'MILFORD', B, 'New Haven', B, 'New Haven', B],
  ['North Stonington', '0901155500', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['Norwalk', '0900156060', 1, V, 'NORWALK', B, 'Stamford-Norwalk', B, 'Stamford-Norwalk', B],
  ['Norwich', '0901156270', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['Old Lyme', '0901157040', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['Old Saybrook', '0900757320', 3, V, 'MIDDLETOWN', B, 'Middlesex', B, 'Middlesex', B],
  ['Orange', '0900957600', 2, V, 'MILFORD', B, 'Ansonia-Milford', B, 'Ansonia-Milford', B],
  ['Oxford', '0900958300', 5, V, 'WATERBURY', B, 'Ansonia-Milford', B, 'Ansonia-Milford', B],
  ['Plainfield', '0901559980', 3, V, 'WILLIMANTIC', B, 'Windham', B, 'Windham', B],
  ['Plainville', '0900360120', 6, V, 'NEW-BRITAIN', B, 'New Britain', B, 'New Britain', B],
  ['Plymouth', '0900560750', 6, V, 'NEW-BRITAIN', B, 'New Britain', B, 'New Britain', B],
  ['Pomfret', '0901561030', 3, V, 'WILLIMANTIC', B, 'Windham', B, 'Windham', B],
  ['Portland', '0900761800', 3, V, 'MIDDLETOWN', B, 'Middlesex', B, 'Middlesex', B],
  ['Preston', '0901162150', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['Prospect', '0900962290', 5, V, 'WATERBURY', B, 'Waterbury', B, 'Waterbury', B],
  ['Putnam', '0901562710', 3, V, 'WILLIMANTIC', B, 'Windham', B, 'Windham', B],
  ['Redding', '0900163480', 5, V, 'DANBURY', B, 'Danbury', B, 'Danbury', B],
  ['Ridgefield', '0900163970', 5, V, 'DANBURY', B, 'Danbury', B, 'Danbury', B],
  ['Rocky Hill', '0900365370', 6, V, 'NEW-BRITAIN', B, 'New Britain', B, 'New Britain', B],
  ['Roxbury', '0900565930', 5, V, 'TORRINGTON', B, 'Litchfield', B, 'Litchfield', B],
  ['Salem', '0901166210', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['Salisbury', '0900566420', 5, V, 'TORRINGTON', B, 'Litchfield', B, 'Litchfield', B],
  ['Scotland', '0901567400', 3, V, 'WILLIMANTIC', B, 'Windham', B, 'Windham', B],
  ['Seymour', '0900967610', 2, V, 'MILFORD', B, 'Ansonia-Milford', B, 'Ansonia-Milford', B],
  ['Sharon', '0900567960', 5, V, 'TORRINGTON', B, 'Litchfield', B, 'Litchfield', B],
  ['Shelton', '0900168170', 2, V, 'MILFORD', B, 'Ansonia-Milford', B, 'Ansonia-Milford', B],
  ['Sherman', '0900168310', 5, V, 'DANBURY', B, 'Danbury', B, 'Danbury', B],
  ['Simsbury', '0900368940', 6, V, 'NEW-BRITAIN', B, 'Hartford', B, 'Litchfield', V],
  ['Somers', '0901369220', 4, V, 'MANCHESTER', B, 'Tolland', B, 'Tolland', B],
  ['South Windsor', '0900371390', 4, V, 'MANCHESTER', B, 'Hartford', B, 'Hartford', B],
  ['Southbury', '0900969640', 5, V, 'WATERBURY', B, 'Waterbury', B, 'Waterbury', B],
  ['Southington', '0900370550', 6, V, 'NEW-BRITAIN', B, 'New Britain', B, 'New Britain', B],
  ['Sprague', '0901171670', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['Stafford', '0901372090', 4, V, 'MANCHESTER', B, 'Tolland', B, 'Tolland', B],
  ['Stamford', '0900173070', 1, V, 'NORWALK', B, 'Stamford-Norwalk', B, 'Stamford-Norwalk', B],
  ['Sterling', '0901573420', 3, V, 'WILLIMANTIC', B, 'Windham', B, 'Windham', B],
  ['Stonington', '0901173770', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['Stratford', '0900174190', 1, V, 'BRIDGEPORT', B, 'Fairfield', B, 'Fairfield', B],
  ['Suffield', '0900374540', 4, V, 'HARTFORD', B, 'Hartford', B, 'Hartford', B],
  ['Thomaston', '0900575730', 5, V, 'TORRINGTON', B, 'Litchfield', B, 'Litchfield', B],
  ['Thompson', '0901575870', 3, V, 'WILLIMANTIC', B, 'Windham', B, 'Windham', B],
  ['Tolland', '0901376290', 4, V, 'MANCHESTER', B, 'Tolland', B, 'Tolland', B],
  ['Torrington', '0900576570', 5, V, 'TORRINGTON', B, 'Litchfield', B, 'Litchfield', B],
  ['Trumbull', '0900177200', 1, V, 'BRIDGEPORT', B, 'Fairfield', B, 'Fairfield', B],
  ['Union', '0901377830', 3, V, 'WILLIMANTIC', B, 'Tolland', B, 'Tolland', B],
  ['Vernon', '0901378250', 4, V, 'MANCHESTER', B, 'Tolland', B, 'Tolland', B],
  ['Voluntown', '0901178600', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['Wallingford', '0900978740', 6, V, 'MERIDEN', B, 'New Haven', B, 'New Haven', B],
  ['Warren', '0900579510', 5, V, 'TORRINGTON', B, 'Litchfield', B, 'Litchfield', B],
  ['Washington', '0900579720', 5, V, 'TORRINGTON', B, 'Litchfield', B, 'Litchfield', B],
  ['Waterbury', '0900980070', 5, V, 'WATERBURY', B, 'Waterbury', B, 'Waterbury', B],
  ['Waterford', '0901180280', 3, V, 'NORWICH', B, 'New London', B, 'New London', B],
  ['Watertown', '0900580490', 5, V, 'TORRINGTON', B, 'Waterbury', B, 'Waterbury', B],
  ['West Hartford', '0900382590', 4, V, 'HARTFORD', B, 'Hartford', B, 'Hartford', B],
  ['West Haven', '0900982870', 2, V, 'MILFORD', B, 'Ansonia-Milford', B, 'Ansonia-Milford', B],
  ['Westbrook', '0900781680', 3, V, 'MIDDLETOWN', B, 'Middlesex', B, 'Middlesex', B],
  ['Weston', '0900183430', 1, V, 'NORWALK', B, 'Stamford-Norwalk', B, 'Stamford-Norwalk', B],
  ['Westport', '0900183500', 1, V, 'NORWALK', B, 'Stamford-Norwalk', B, 'Stamford-Norwalk', B],
  ['Wethersfield', '0900384900', 6, V, 'NEW-BRITAIN', B, 'New Britain', B, 'New Britain', B],
  ['Willington', '0901385950', 3, V, 'WILLIMANTIC', B, 'Tolland', B, 'Tolland', B],
  ['Wilton', '0900186370', 1, V, 'NORWALK', B, 'Stamford-Norwalk', B, 'Stamford-Norwalk', B],
  ['Winchester', '0900586440', 5, V, 'TORRINGTON', B, 'Litchfield', B, 'Litchfield', B],
  ['Windham', '0901586790', 3, V, 'WILLIMANTIC', B, 'Windham', B, 'Windham', B],
  ['Windsor', '0900387000', 4, V, 'HARTFORD', B, 'Hartford', B, 'Hartford', B],
  ['Windsor Locks', '0900387070', 4, V, 'HARTFORD', B, 'Hartford', B, 'Hartford', B],
  ['Wolcott', '0900987560', 5, V, 'WATERBURY', B, 'Waterbury', B, 'Waterbury', B],
  ['Woodbridge', '0900987700', 2, V, 'MILFORD', B, 'New Haven', B, 'New Haven', B],
  ['Woodbury', '0900587910', 5, V, 'TORRINGTON', B, 'Waterbury', B, 'Waterbury', B],
  ['Woodstock', '0901588190', 3, V, 'WILLIMANTIC', B, 'Windham', B, 'Windham', B],
];

/** All towns, by name. The mark lets the bundler leave out the rows (13 KB) where they are not used. */
export const towns: readonly Town[] = /* @__PURE__ */ rows.map(
  ([
    name,
    fips,
    region,
    regionConfidence,
    office,
    officeConfidence,
    districtBefore,
    districtBeforeConfidence,
    district,
    districtConfidence,
  ]) => ({
    name,
    fips,
    region,
    regionConfidence,
    office,
    officeConfidence,
    districtBefore,
    districtBeforeConfidence,
    district,
    districtConfidence,
  }),
);
