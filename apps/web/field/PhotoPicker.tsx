import { Camera } from "lucide-react";
import { useRef } from "react";
import { shrunk } from "./phone/picture.ts";
import { useTexts } from "./use.tsx";

const most = 3;

/** Takes photos with the camera and makes them small at once, so that saving is quick. */
export function PhotoPicker({
  photos,
  onPhotos,
}: {
  photos: ArrayBuffer[];
  onPhotos: (photos: ArrayBuffer[]) => void;
}) {
  const { t } = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const add = async (files: FileList | null): Promise<void> => {
    const small: ArrayBuffer[] = [];
    for (const file of [...(files ?? [])].slice(0, most - photos.length)) small.push(await shrunk(file));
    onPhotos([...photos, ...small]);
    if (input.current) input.current.value = "";
  };
  return (
    <p className="photos">
      <button type="button" disabled={photos.length >= most} onClick={() => input.current?.click()}>
        <Camera aria-hidden size={22} /> {t.sheet.photo}
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        multiple
        hidden
        aria-label={t.sheet.photo}
        onChange={(event) => void add(event.target.files)}
      />
      {photos.length > 0 && <span role="status">{t.sheet.photos(photos.length)}</span>}
    </p>
  );
}
