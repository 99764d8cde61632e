import { getBasic } from 'temporal-polyfill/fns/Calendar';
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';

/** The day of a date (`YYYY-MM-DD`). Throws RangeError where there is no such day. Its message can hold the date. */
export const readDay = (date: string): PlainDate.Record => PlainDate.fromString(date, getBasic);
