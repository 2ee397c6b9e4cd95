// The field for photos: a second choice adds to the first, each photo can be taken back, and large ones are made smaller before they are
// sent. Without this file the browser's own field works as it is.

const MOST = 3;
const MAX_SIDE = 2400;
const SMALL = 1_500_000;
const chosen = new WeakMap();

const same = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

// A smaller JPEG. The file as it is where the browser cannot read it, which is so for HEIC in most.
async function smaller(file) {
  if (file.size < SMALL) return file;
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.86));
    return blob && blob.size < file.size ? new File([blob], "photo.jpg", { type: "image/jpeg", lastModified: file.lastModified }) : file;
  } catch {
    return file;
  }
}

function put(input, files) {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  input.files = transfer.files;
  chosen.set(input, files);
  show(input);
}

function show(input) {
  const field = input.parentElement;
  field.querySelector(".photo-previews")?.remove();
  const list = document.createElement("ul");
  list.className = "photo-previews";
  chosen.get(input).forEach((file, number) => {
    const figure = document.createElement("figure");
    const image = new Image();
    image.alt = "";
    image.src = URL.createObjectURL(file);
    image.onload = () => URL.revokeObjectURL(image.src);
    image.onerror = () => image.remove();
    const caption = document.createElement("figcaption");
    caption.textContent = `${number + 1}. ${file.name}`;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "button button-quiet";
    remove.textContent = input.dataset.remove;
    remove.setAttribute("aria-label", `${input.dataset.remove}: ${number + 1}. ${file.name}`);
    remove.addEventListener("click", () => {
      put(input, chosen.get(input).filter((other) => other !== file));
      input.focus();
    });
    figure.append(image, caption, remove);
    const item = document.createElement("li");
    item.append(figure);
    list.append(item);
  });
  input.after(list);
}

async function add(input, files) {
  const before = chosen.get(input) ?? [];
  const added = [...files].filter((file) => !before.some((other) => same(file, other)));
  const all = [...before, ...(await Promise.all(added.map(smaller)))];
  say(input, all.length > MOST ? input.dataset.most : "");
  put(input, all.slice(0, MOST));
}

function say(input, text) {
  let note = input.parentElement.querySelector(".photo-note");
  if (!note) {
    note = document.createElement("p");
    note.className = "field-help photo-note";
    note.setAttribute("role", "status");
    input.before(note);
  }
  note.textContent = text;
}

// Phones offer their camera only to a field that asks for it.
function offerCamera(input) {
  if (input.parentElement.querySelector(".photo-camera") || !matchMedia("(pointer: coarse)").matches) return;
  const camera = document.createElement("input");
  Object.assign(camera, { type: "file", accept: "image/*", hidden: true });
  camera.setAttribute("capture", "environment");
  camera.addEventListener("change", () => add(input, camera.files).then(() => (camera.value = "")));
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-quiet photo-camera";
  button.textContent = input.dataset.take;
  button.addEventListener("click", () => camera.click());
  input.before(button, camera);
}

document.addEventListener("change", ({ target }) => {
  if (target.id !== "id_photos") return;
  offerCamera(target);
  add(target, target.files);
});
offerCamera(document.querySelector("#id_photos"));
