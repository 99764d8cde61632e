export const minutes = (amount: number) => ({ unit: 'minutes', amount }) as const;
export const hours = (amount: number) => ({ unit: 'hours', amount }) as const;
export const calendarDays = (amount: number) => ({ unit: 'calendar-days', amount }) as const;
export const businessDays = (amount: number) => ({ unit: 'business-days', amount }) as const;
