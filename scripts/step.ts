/** Says what is done and how long it took, for a person who watches. */
export async function step<T>(title: string, work: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  console.error(`• ${title} …`);
  const result = await work();
  console.error(`  ${title}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}
