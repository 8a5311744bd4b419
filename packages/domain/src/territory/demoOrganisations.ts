import { organisationId } from "./identity.ts";
import { isMaritime } from "./types.ts";
import type { Area, Grid, Organisation, OrganisationKind } from "./types.ts";

/** Invented organisations for a demonstration city: the kinds that a township and its communities usually have. */
export function demoOrganisations(areas: readonly Area[], grids: readonly Grid[]): Organisation[] {
  const communities = areas.filter(({ level }) => level === "community");
  return areas
    .filter(({ level }) => level === "township")
    .flatMap((township) => {
      const own = communities.filter(({ parentCode }) => parentCode === township.code);
      const atSea = new Set(grids.filter((grid) => isMaritime(grid)).map(({ parentCode }) => parentCode));
      return [
        ...teamsOf(township, own),
        ...attach(
          "fisherWivesTeam",
          township,
          "东海渔嫂服务队",
          own.filter(({ code }) => atSea.has(code)),
        ),
        ...attach("socialOrg", township, "邻里互助会", own),
        ...own.flatMap((community) => attach("residentsAssembly", community, "居民议事会", [community])),
        ...keyCommunities(own, grids).flatMap((community) =>
          attach("dualAffiliationBranch", community, "兼合式党支部", [community]),
        ),
      ];
    });
}

const communitiesPerTeam = 5;

/** Mixed service teams, each for a handful of communities. */
function teamsOf(township: Area, communities: Area[]): Organisation[] {
  const teams = Math.ceil(communities.length / communitiesPerTeam);
  return Array.from({ length: teams }, (_, i) =>
    attach(
      "serviceTeam",
      township,
      `第${i + 1}组团服务队`,
      communities.slice(i * communitiesPerTeam, (i + 1) * communitiesPerTeam),
    ),
  ).flat();
}

function keyCommunities(communities: Area[], grids: readonly Grid[]): Area[] {
  const withKey = new Set(grids.filter(({ focus }) => focus === "key").map(({ parentCode }) => parentCode));
  return communities.filter(({ code }) => withKey.has(code));
}

function attach(kind: OrganisationKind, host: Area, title: string, serves: Area[]): Organisation[] {
  if (serves.length === 0) return [];
  const names = { zh: `${host.names.zh}${title}（演示）` };
  const areaCodes = serves.map(({ code }) => code);
  return [
    { id: organisationId(`${host.code}/${title}`), kind, names, areaCodes, validFrom: host.validFrom, synthetic: true },
  ];
}
