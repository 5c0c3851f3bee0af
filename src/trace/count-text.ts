/**
 * A whole number with a comma at each thousand: 154,497. Fractions are rounded. Not by `Intl`: to read its data takes longer,
 * the first time, than a room has for all of its first picture.
 */
export const countText = (count: number): string => String(Math.round(count)).replaceAll(/\B(?=(\d{3})+$)/g, ',')
