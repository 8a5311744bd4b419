import { lazy, Suspense, useState } from "react";
import { AreaSelect } from "./AreaSelect.tsx";
import { useTexts } from "./language.tsx";
import type { Place } from "./place.ts";

const PinMap = lazy(() => import("./PinMap.tsx"));

/** Where it is: words, a township, a pin; any of them, or none. */
export function PlaceField({ place, onPlace }: { place: Place; onPlace: (place: Place) => void }) {
  const { t } = useTexts();
  const [map, setMap] = useState(false);
  const { lon, lat } = place;
  return (
    <fieldset className="place">
      <legend>{t.place}</legend>
      <label>
        {t.placeName}
        <input
          name="placeName"
          maxLength={200}
          value={place.name ?? ""}
          onChange={(event) => onPlace({ ...place, name: event.target.value || undefined })}
        />
      </label>
      <label>
        {t.township}
        <AreaSelect
          empty={t.unknownArea}
          value={place.area}
          onChange={(area) => onPlace({ ...place, area: area || undefined })}
        />
      </label>
      <button type="button" aria-expanded={map} onClick={() => setMap(!map)}>
        {map ? t.closeMap : t.openMap}
      </button>
      {lon !== undefined && lat !== undefined && (
        <span className="quiet">
          {" "}
          {t.pinned(lon.toFixed(4), lat.toFixed(4))}{" "}
          <button type="button" className="link" onClick={() => onPlace({ ...place, lon: undefined, lat: undefined })}>
            {t.removePin}
          </button>
        </span>
      )}
      {map && (
        <Suspense fallback={<div className="map" />}>
          <PinMap
            at={lon !== undefined && lat !== undefined ? { lon, lat } : undefined}
            onPin={(point) => onPlace({ ...place, ...point })}
          />
        </Suspense>
      )}
    </fieldset>
  );
}
