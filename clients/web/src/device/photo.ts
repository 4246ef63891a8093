// A photo as it leaves this device: small, upright, and nothing in it but the picture. Drawn anew, so that where and when it was taken stays here.

/** Pixels of the longer side, and the quality: the first that is small enough goes. */
const tries = [
  [1600, 0.8],
  [1600, 0.6],
  [1280, 0.6],
  [960, 0.5],
] as const;
const mostBytes = 300 * 1024;

/** A JPEG of at most 300 KB; undefined where the browser cannot read what was chosen. */
export async function smallPhoto(file: Blob): Promise<Blob | undefined> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return undefined;
  }
  try {
    for (const [side, quality] of tries) {
      const photo = await drawn(picture, side, quality);
      if (photo && photo.size <= mostBytes) return photo;
    }
    return undefined;
  } finally {
    picture.close();
  }
}

function drawn(picture: ImageBitmap, side: number, quality: number): Promise<Blob | null> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const paint = canvas.getContext("2d");
  if (!paint) return Promise.resolve(null);
  // What is clear in a picture is white on paper.
  paint.fillStyle = "#fff";
  paint.fillRect(0, 0, canvas.width, canvas.height);
  paint.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
}

/** As an address that a page may show. */
export const urlOf = (photo: Blob): Promise<string> =>
  new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(photo);
  });
