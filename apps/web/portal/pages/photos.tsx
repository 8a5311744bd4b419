import type { PortalPage } from "../model.ts";
import { portalTexts } from "../texts.ts";

type Props = { page: PortalPage; label: string; kept?: string; name?: string };

/** Chooses photos; those that arrived with an earlier try are not asked for again. */
export function PhotoField({ page, label, kept = "", name = "photos" }: Props) {
  const t = portalTexts[page.language].more;
  const arrived = kept.split(" ").filter(Boolean).length;
  return (
    <div className="photo-field">
      <p className="label">{label}</p>
      {arrived > 0 && (
        <>
          <input type="hidden" name="photos" value={kept} />
          <p role="status">{t.keptPhotos(arrived)}</p>
          <label className="choice alone">
            <input type="checkbox" name="dropPhotos" value="1" />
            {t.dropPhotos}
          </label>
        </>
      )}
      <input
        id={name}
        className="visually-hidden"
        type="file"
        name="pictures"
        accept="image/*"
        multiple
        data-photos={t.chosenPhotos}
        aria-describedby={`${name}-hint`}
      />
      <label className="button second" htmlFor={name}>
        {t.choosePhoto}
      </label>
      <p id={`${name}-hint`} className="hint" role="status">
        {t.photoHint}
      </p>
    </div>
  );
}
