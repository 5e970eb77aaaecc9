"""What is measured of an open page in the browser: boxes, ink and findings of axe.

No picture of one machine's fonts is kept. A page is compared with what must hold on every machine, and with
its own other language, scheme and screen.
"""

from __future__ import annotations

import base64
from typing import Any

from axe_playwright_python.sync_playwright import Axe

LAYOUT = """() => {
  const found = {beside: [], overlapping: [], clipped: [], colliding: [], cut: [], empty: []};
  const width = document.documentElement.clientWidth;
  const seen = e => e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true});
  const said = e => `${e.tagName} ${e.className}: ${e.textContent.trim().slice(0, 40)}`;
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const blocks = [];
  for (const e of document.querySelectorAll('body *')) {
    if (e.closest('svg') || e.closest('.unseen, .skip, thead, .synthetic') || !seen(e)) continue;
    const box = e.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!e.closest('.scroll') && own && (box.right > width + 1 || box.left < -1)) found.beside.push(said(e));
    const style = getComputedStyle(e);
    if (style.overflow !== 'visible' && !e.closest('.scroll')
      && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1))
      found.clipped.push(said(e));
    if (own && style.display !== 'inline' && !e.closest('.scroll')) blocks.push([e, box]);
  }
  for (let i = 0; i < blocks.length; i++)
    for (let j = i + 1; j < Math.min(blocks.length, i + 40); j++) {
      const [one, a] = blocks[i], [other, b] = blocks[j];
      if (!one.contains(other) && !other.contains(one) && meet(a, b))
        found.overlapping.push(`${said(one)} | ${said(other)}`);
    }
  for (const svg of document.querySelectorAll('.chart svg')) {
    if (!seen(svg) || !svg.getClientRects().length) continue;
    const box = svg.getBoundingClientRect();
    const name = svg.closest('figure').id;
    // a letter's ink is lower than its box by about a fifth on each side
    const words = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim())
      .flatMap(t => t.querySelector('tspan') ? [...t.querySelectorAll('tspan')] : [t])
      .map(t => [t.textContent, t.getBoundingClientRect()]).filter(([, r]) => r.width)
      .map(([text, r]) => [text, {left: r.left, right: r.right,
        top: r.top + r.height * 0.18, bottom: r.bottom - r.height * 0.18}]);
    words.forEach(([text, a], i) => {
      if (a.left < box.left - 1 || a.right > box.right + 1
        || a.top < box.top - 1 || a.bottom > box.bottom + 1)
        found.cut.push(`${name}: ${text}`);
      for (const [other, b] of words.slice(i + 1))
        if (a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom && b.top < a.bottom)
          found.colliding.push(`${name}: ${text} | ${other}`);
    });
    const marks = [...svg.querySelectorAll('.role-mark path, .role-mark line, .role-mark rect')]
      .filter(m => seen(m) && m.getBoundingClientRect().width + m.getBoundingClientRect().height > 1);
    if (!marks.length) found.empty.push(name);
  }
  return found;
}"""

INK = """async ([picture, places]) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + picture;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width; canvas.height = image.height;
  const pen = canvas.getContext('2d', {willReadFrequently: true});
  pen.drawImage(image, 0, 0);
  const shares = {};
  for (const [name, x, y, w, h] of places) {
    const data = pen.getImageData(x, y, Math.max(1, w), Math.max(1, h)).data;
    let inked = 0;
    for (let i = 0; i < data.length; i += 4)
      if ([0, 1, 2].reduce((sum, k) => sum + Math.abs(data[i + k] - data[k]), 0) > 40) inked += 1;
    shares[name] = inked / (data.length / 4);
  }
  return shares;
}"""

PLACES = """() => [...document.querySelectorAll('.chart')].filter(c => c.getClientRects().length).map(c => {
  const r = c.getBoundingClientRect();
  return [c.closest('figure').id, Math.round(r.left), Math.round(r.top + scrollY),
    Math.round(r.width), Math.round(r.height)];
})"""


def unfold(page: Any) -> None:
    """Open everything that opens."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


def layout(page: Any) -> dict[str, list[str]]:
    """Return what is broken in the layout, by kind; kinds without a finding are left out.

    ``beside`` stands outside the screen, ``overlapping`` are two texts in one place, ``clipped`` is larger
    than what shows it, ``colliding`` and ``cut`` are words of a chart, ``empty`` is a drawing without a mark.
    """
    return {kind: found for kind, found in page.evaluate(LAYOUT).items() if found}


def ink(page: Any) -> dict[str, float]:
    """Return, by chart, the share of its pixels that are not its ground, as a screenshot has them."""
    page.evaluate("scrollTo(0, 0)")
    places = page.evaluate(PLACES)
    picture = base64.b64encode(page.screenshot(full_page=True, animations="disabled")).decode()
    blank = page.context.new_page()
    shares: dict[str, float] = blank.evaluate(INK, [picture, places])
    blank.close()
    return shares


def axe(page: Any) -> list[str]:
    """Return the findings of axe-core, of every impact, as lines: impact, rule, and the first places."""
    response = Axe().run(page).response
    return [
        f"{found['impact']} {found['id']}: {found['nodes'][0]['html'][:160]} ({len(found['nodes'])})"
        for found in response["violations"]
    ]


def stops(page: Any, frame: Any) -> list[tuple[int, str]]:
    """Go through a frame by Tab from its first stop; return each stop's place in the page and its outline.

    The first one is focused by a script, for which a browser may draw no outline.
    """
    selector = "a[href], summary, [tabindex='0']"
    visible = f"[...document.querySelectorAll(`{selector}`)].filter(e => e.checkVisibility())"
    look = (
        f"() => [{visible}.indexOf(document.activeElement), "
        "getComputedStyle(document.activeElement).outlineStyle]"
    )
    found = []
    frame.locator(selector).first.focus()
    for _ in range(frame.evaluate(f"{visible}.length")):
        place, outline = frame.evaluate(look)
        found.append((place, outline))
        page.keyboard.press("Tab")
    return found
