import { seedCategories } from "@linge/domain/category/seed.ts";
import { expect, it } from "vitest";
import { signedIn, useHouse } from "../../support/house.ts";
import { asTexts, client } from "./client.ts";

const made = useHouse();
const open311 = client(made);

it("is found by its discovery, in both formats", async () => {
  const { json, xml } = await open311.both("/discovery");
  expect(xml).toEqual(asTexts(json));
  expect(json.changeset).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
  expect(json.contact && json.key_service).toBeTruthy();
  expect(json.endpoints).toEqual([
    {
      specification: "http://wiki.open311.org/GeoReport_v2",
      url: "http://localhost:8080/open311/v2",
      changeset: json.changeset,
      type: "test",
      formats: ["text/xml", "application/json"],
    },
  ]);
});

it("lists every service under its stable code, in both formats", async () => {
  const { json, xml } = await open311.both("/services");
  expect(xml).toEqual(asTexts(json));
  expect(json.map((service: any) => service.service_code)).toEqual(seedCategories.map((each) => each.mapsTo.open311));
  expect(json.find((service: any) => service.service_code === "facilities.streetLights")).toEqual({
    service_code: "facilities.streetLights",
    service_name: "Street lights",
    description: "Public utilities: Street lights. Promised within 3 working days.",
    metadata: true,
    type: "realtime",
    keywords: "路灯, Street lights, 公用设施, Public utilities",
    group: "Public utilities",
  });
  expect(json.find((service: any) => service.service_code === "environment.litter").metadata).toBe(false);
});

it("speaks Chinese unless asked for English", async () => {
  const zh = await open311.get("/services.json", { "accept-language": "zh-CN" });
  expect(zh.body[0].service_name).toBe("暴露垃圾");
  expect((await open311.get("/services.json?lang=zh")).body[0].service_name).toBe("暴露垃圾");
});

it("defines the questions of a service as attributes, in both formats", async () => {
  const { json, xml } = await open311.both("/services/emergency.floodAndOutage");
  expect(xml).toEqual(asTexts(json));
  expect(json.service_code).toBe("emergency.floodAndOutage");
  const [danger, howMany] = json.attributes;
  expect(danger).toEqual({
    variable: true,
    code: "danger",
    datatype: "singlevaluelist",
    required: true,
    datatype_description: "Yes or no",
    order: 1,
    description: "Is anyone in danger now?",
    values: [
      { key: "true", name: "Yes" },
      { key: "false", name: "No" },
    ],
  });
  expect(howMany).toMatchObject({ code: "howMany", datatype: "number", required: false, order: 2 });
  const medicines = (await open311.get("/services/health.medicines.json")).body.attributes[0];
  expect(medicines.values.map((value: any) => value.key)).toEqual(["today", "week", "later"]);
  expect((await open311.get("/services/facilities.streetLights.xml")).body.attributes[0].datatype).toBe("string");
  expect((await open311.both("/services/environment.litter")).json.attributes).toEqual([]);
});

it("keeps a code when the city renames the category, and gathers categories that share one", async () => {
  const admin = await signedIn(made, "admin");
  const { version, document } = (await admin.get("/api/admin/categories")).body;
  const changed = document.map((category: any) =>
    ["traffic.roadSurface", "traffic.obstruction"].includes(category.id)
      ? { ...category, version: category.version + 1, en: `New ${category.en}`, mapsTo: { open311: "ROAD" } }
      : category,
  );
  expect((await admin.send("PUT", "/api/admin/categories", { version, document: changed })).status).toBe(200);
  const roads = (await open311.get("/services.json")).body.filter((service: any) => service.service_code === "ROAD");
  expect(roads.map((service: any) => service.service_name)).toEqual(["New Road surface"]);
  expect((await open311.get("/services/ROAD.json")).status).toBe(200);
  expect((await open311.get("/services/traffic.roadSurface.json")).status).toBe(404);
});

it("sends the content types of the specification, and decides the format by extension", async () => {
  expect((await open311.get("/services.xml", { accept: "application/json" })).type).toBe("text/xml; charset=utf-8");
  expect((await open311.get("/services.json", { accept: "text/xml" })).type).toBe("application/json; charset=utf-8");
  expect((await open311.get("/services")).type).toBe("text/xml; charset=utf-8");
  expect((await open311.get("/services", { accept: "application/json" })).type).toContain("application/json");
  const xml = await open311.get("/services.xml");
  expect(xml.text.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<services>')).toBe(true);
  expect(xml.headers["access-control-allow-origin"]).toBe("*");
});
