const longestSide = 1600;
const most = 3;

async function shrink(file: File): Promise<File> {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d")!.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.8));
  return blob ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
}

/** Shrinks chosen photos on the phone and shows them; drawing them anew also leaves out where and when they were taken. */
export function shrinkPhotos(input: HTMLInputElement): void {
  const said = document.getElementById(input.getAttribute("aria-describedby")!)!;
  const row = document.createElement("div");
  row.className = "photos";
  said.after(row);
  input.addEventListener("change", async () => {
    const small = new DataTransfer();
    for (const file of [...(input.files ?? [])].slice(0, most)) small.items.add(await shrink(file).catch(() => file));
    input.files = small.files;
    said.textContent = `${input.dataset.photos}${small.files.length}`;
    row.replaceChildren(
      ...[...small.files].map((file) =>
        Object.assign(document.createElement("img"), { src: URL.createObjectURL(file), alt: "" }),
      ),
    );
  });
}
