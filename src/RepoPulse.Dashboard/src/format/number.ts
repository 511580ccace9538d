const whole = new Intl.NumberFormat("en");

/** 1,234 */
export const count = (value: number): string => whole.format(value);

export const plural = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`;
