/** How many people live in an area, and who counted them. */
export type Residents = { areaCode: string; residents: number; source: string };

/** The census of 2020 as published for Zhoushan; for Daishan and Shengsi only their sum was, so neither is here. */
export const censusResidents: Residents[] = [
  { areaCode: "330900000000", residents: 1_157_817, source: "2020 七普" },
  { areaCode: "330902000000", residents: 500_030, source: "2020 七普" },
  { areaCode: "330903000000", residents: 382_902, source: "2020 七普" },
];

/** Residents of an area: as counted, or the sum over its parts when all of them were counted. */
export function residentsOf(
  counted: readonly Residents[],
  code: string,
  childrenOf: (code: string) => readonly string[],
): number | undefined {
  const own = counted.find(({ areaCode }) => areaCode === code);
  if (own) return own.residents;
  const children = childrenOf(code);
  if (children.length === 0) return undefined;
  let sum = 0;
  for (const child of children) {
    const part = residentsOf(counted, child, childrenOf);
    if (part === undefined) return undefined;
    sum += part;
  }
  return sum;
}
