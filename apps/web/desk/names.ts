import type { Category, Family } from "@linge/domain/category/category.ts";
import type { Unit } from "@linge/domain/routing/rule.ts";
import { useQuery } from "@tanstack/react-query";
import { api } from "./api.ts";
import { useTexts } from "./language.tsx";

const rarely = 600_000;

/** Units of the city; those that are retired only lend their names. */
export function useUnits(): { units: Unit[]; nameOf: (id: string) => string } {
  const { language } = useTexts();
  const found = useQuery({ queryKey: ["units"], queryFn: api.units, staleTime: rarely });
  const names = new Map(found.data?.units.map((unit) => [unit.id, unit[language]]));
  return { units: found.data?.units.filter((unit) => !unit.retired) ?? [], nameOf: (id) => names.get(id) ?? id };
}

/** Categories under their families; those that are retired only lend their names. */
export function useCategories(): { families: (Family & { categories: Category[] })[]; nameOf: (id: string) => string } {
  const { language } = useTexts();
  const found = useQuery({ queryKey: ["categories"], queryFn: api.categories, staleTime: rarely });
  const { categories = [], families = [] } = found.data ?? {};
  const names = new Map(categories.map((category) => [category.id, category[language]]));
  const offered = categories.filter((category) => !category.retired);
  return {
    families: families.map((family) => ({
      ...family,
      categories: offered.filter((category) => category.id.startsWith(`${family.id}.`)),
    })),
    nameOf: (id) => names.get(id) ?? id,
  };
}
