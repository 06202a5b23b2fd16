// The conversation as a text file, and on paper.
export function asText(messages, reference, strings) {
  const lines = [strings.title, `${strings.reference} ${reference}`, new Date().toLocaleString(), ''];
  for (const message of messages) {
    lines.push(`${message.from === 'visitor' ? strings.you : strings.guide}:`, message.text);
    if (message.source?.url) lines.push(`${strings.source} ${message.source.url}`);
    lines.push('');
  }
  lines.push(strings.emergencyLine);
  return lines.join('\n');
}

export function save(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

const sheet = new CSSStyleSheet();
sheet.replaceSync('@media print { [data-net-guide-unprinted] { display: none !important; } }');

// Hides the page around the widget on paper, for this once.
export function print(host) {
  const hidden = [];
  for (let node = host; node !== document.body && node.parentElement; node = node.parentElement) {
    hidden.push(...[...node.parentElement.children].filter((other) => other !== node));
  }
  for (const node of hidden) node.setAttribute('data-net-guide-unprinted', '');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  window.addEventListener('afterprint', () => {
    for (const node of hidden) node.removeAttribute('data-net-guide-unprinted');
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  }, { once: true });
  window.print();
}
