import { useQuery } from "@tanstack/react-query";
import { call } from "./api.ts";

export type AreaName = { code: string; level: string; zh: string; en: string };

const children = (parent = ""): Promise<{ areas: AreaName[] }> =>
  call("GET", `/api/areas${parent && `?parent=${parent}`}`);

/** Counties, each followed by its townships: what people choose a part of the city from. Asked for once. */
export function useAreas(): { county: AreaName; townships: AreaName[] }[] {
  const found = useQuery({
    queryKey: ["areaNames"],
    staleTime: Infinity,
    queryFn: async () => {
      const { areas } = await children();
      return Promise.all(areas.map(async (county) => ({ county, townships: (await children(county.code)).areas })));
    },
  });
  return found.data ?? [];
}
