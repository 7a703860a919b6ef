// Shows what the extension sends; the place on the page is the same after an update.
const editor = acquireVsCodeApi();
const note = document.getElementById('note');
const content = document.getElementById('content');
let shown = '';

window.addEventListener('message', ({ data }) => {
  note.textContent = data.note;
  note.hidden = data.note === '';
  document.body.classList.toggle('stale', data.note !== '');
  if (data.html !== shown) {
    shown = data.html;
    content.innerHTML = shown;
  }
});
editor.postMessage('ready');
