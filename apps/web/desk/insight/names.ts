import { parents, type ParentId } from "@linge/domain/category/parents.ts";
import { useQuery } from "@tanstack/react-query";
import { api, type Session } from "../api.ts";
import { insight } from "./api.ts";
import { useInsightTexts } from "./texts.ts";

/** Names of categories, families and areas on a page, in the reader's language. */
export function useNames(city: Session["city"], within: string): (id: string) => string {
  const { language } = useInsightTexts();
  const categories = useQuery({ queryKey: ["categories"], queryFn: api.categories, staleTime: 600_000 });
  const counties = useQuery({ queryKey: ["areas", city.code], queryFn: () => insight.areas(city.code) });
  const children = useQuery({ queryKey: ["areas", within], queryFn: () => insight.areas(within) });
  const areas = [...(counties.data?.areas ?? []), ...(children.data?.areas ?? [])];
  return (id) =>
    (id === city.code
      ? city
      : (areas.find(({ code }) => code === id) ??
        categories.data?.categories.find((category) => category.id === id) ??
        parents[id as ParentId]))?.[language] ?? id;
}
