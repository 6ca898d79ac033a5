/**
 * Starts a stopwatch, and returns a function that returns the elapsed seconds. The clock of a device may be hours wrong, or be set
 * meanwhile, so a monotonic clock counts. Some of these stop while the device sleeps, so the greater of both counts: if
 * the clock is set forward, a token is refreshed once too early, which does no harm.
 */
export function startStopwatch(): () => number {
  const ticks = performance.now();
  const time = Date.now();
  return () => Math.max(performance.now() - ticks, Date.now() - time) / 1000;
}
