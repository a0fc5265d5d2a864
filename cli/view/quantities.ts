import { countText } from '../../domain/quantities.js';

export { countOf, countText, percentText } from '../../domain/quantities.js';

/** A difference of shares, in percentage points: 0.0123 -> "+1.23", -0.004 -> "−0.40" */
export function pointsText(difference: number): string {
  const points = (100 * Math.abs(difference)).toFixed(2);
  if (Number(points) === 0) return '0.00';
  return `${difference < 0 ? '−' : '+'}${points}`;
}

/** 65 -> "1:05", 3725 -> "1:02:05" */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (part: number) => String(part).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** Units per second with three significant digits. */
export function rateText(rate: number): string {
  return rate >= 100 ? countText(rate) : rate.toFixed(rate >= 10 ? 1 : 2);
}
