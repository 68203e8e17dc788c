// Titles to choose from while typing. Without it the search works the same.
(() => {
  const input = document.querySelector('input[list=suggestions]');
  const list = document.getElementById('suggestions');
  if (!input || !list) return;
  let waiting;
  let asked = '';
  input.addEventListener('input', () => {
    clearTimeout(waiting);
    const text = input.value.trim();
    if (text.length < 3 || text === asked) return;
    waiting = setTimeout(async () => {
      asked = text;
      const answer = await fetch('/api/v1/suggestions?q=' + encodeURIComponent(text)).catch(() => null);
      if (!answer || !answer.ok || input.value.trim() !== text) return;
      const { suggestions } = await answer.json();
      list.replaceChildren(...suggestions.map((title) => new Option(title, title)));
    }, 150);
  });
})();
