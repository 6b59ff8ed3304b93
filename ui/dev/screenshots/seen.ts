// What decides whether a picture can have changed: everything in the page that is seen in it. Runs in the page, so it must
// not use anything from outside of itself.

/**
 * The document as it is, its state, and the rules of its style that can apply to it. A rule counts where one of its
 * classes is in the document, or where it names none: rather one too many than one too few.
 */
export function whatIsSeen(): string {
  const parts: string[] = [];
  const classes = new Set<string>();
  const walk = (node: Node) => {
    if (node instanceof Element) {
      node.classList.forEach((name) => classes.add(name));
      parts.push(`<${node.tagName}`);
      for (const { name, value } of node.attributes) parts.push(`${name}=${value}`);
      if (
        node instanceof HTMLInputElement ||
        node instanceof HTMLTextAreaElement ||
        node instanceof HTMLSelectElement
      ) {
        parts.push(`value ${node.value}`, node instanceof HTMLInputElement ? `checked ${String(node.checked)}` : '');
      }
      if (node.scrollTop !== 0 || node.scrollLeft !== 0) parts.push(`scrolled ${node.scrollTop} ${node.scrollLeft}`);
      if (node === document.activeElement) parts.push(`focus ${String(node.matches(':focus-visible'))}`);
      if (node.matches(':hover')) parts.push('hover');
      if (node.matches(':popover-open, :modal')) parts.push('on top');
    } else if (node instanceof Text) {
      parts.push(node.data);
    }
    node.childNodes.forEach(walk);
    parts.push('>');
  };
  walk(document.body);
  for (const name of document.documentElement.classList) classes.add(name);

  const applies = (selector: string) => {
    const named = [...selector.matchAll(/\.((?:\\.|[\w-])+)/g)].map(([, name = '']) => name.replaceAll('\\', ''));
    return named.length === 0 || named.some((name) => classes.has(name));
  };
  const style = (rules: CSSRuleList) => {
    for (const rule of rules) {
      if (rule instanceof CSSStyleRule) {
        if (applies(rule.selectorText)) parts.push(rule.cssText);
      } else if (rule instanceof CSSGroupingRule) {
        parts.push(rule.cssText.slice(0, rule.cssText.indexOf('{')));
        style(rule.cssRules);
      } else {
        parts.push(rule.cssText);
      }
    }
  };
  for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets]) style(sheet.cssRules);
  return parts.join('\n');
}
