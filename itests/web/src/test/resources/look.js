// SPDX-License-Identifier: Apache-2.0
// What is wrong with how a page looks: each function gives a list of sentences, empty if all is well.

const all = [...document.body.querySelectorAll('*')];
const name = each => `${each.tagName}#${each.id}.${each.className}`;

/** What has a horizontal scrollbar or is cut off, but for tabs, which scroll on a phone, and fields, which scroll by themselves; with the part of it that reaches farthest to the right. */
function tooNarrow() {
  const page = document.documentElement;
  const end = each => each.getBoundingClientRect().right;
  return [page, ...all]
      .filter(each => each.scrollWidth > each.clientWidth && !each.matches('.tabs, input'))
      .filter(each => each === page || getComputedStyle(each).overflowX !== 'visible'
          && getComputedStyle(each).textOverflow !== 'ellipsis')
      .map(each => `${name(each)} shows ${each.clientWidth} of ${each.scrollWidth} pixels because of `
          + name([...each.querySelectorAll('*')].reduce((a, b) => end(b) >= end(a) ? b : a)));
}

const parts = colour => colour.match(/[\d.]+/g).map(Number);

/** Relative luminance and contrast as in WCAG 2.2. */
function luminance(colour) {
  const linear = part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const [red, green, blue] = parts(colour).slice(0, 3).map(part => linear(part / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function background(element) {
  const colour = getComputedStyle(element).backgroundColor;
  return parts(colour)[3] === 0 && element.parentElement ? background(element.parentElement) : colour;
}

function contrast(element) {
  const [less, more] = [getComputedStyle(element).color, background(element)].map(luminance).sort((a, b) => a - b);
  return (more + 0.05) / (less + 0.05);
}

/** Texts whose contrast is below 4.5 (level AA of criterion 1.4.3), and a page that is not light or dark as wanted. */
function tooFaint(scheme) {
  const shown = luminance(getComputedStyle(document.body).backgroundColor) > 0.5 ? 'light' : 'dark';
  return all.filter(each => each.checkVisibility({opacityProperty: true}))
      .filter(each => parts(getComputedStyle(each).color)[3] !== 0)
      .filter(each => [...each.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim() !== ''))
      .filter(each => contrast(each) < 4.5)
      .map(each => `${name(each)} "${each.textContent}" has a contrast of ${contrast(each).toFixed(2)}`)
      .concat(shown === scheme ? [] : [`the page is ${shown}`]);
}

/** What moves although the person asked for less motion. */
function moving() {
  return all.filter(each => {
    const {transitionDuration, transitionProperty, animationName, scrollBehavior} = getComputedStyle(each);
    return transitionProperty !== 'none' && transitionDuration !== '0s' || animationName !== 'none'
        || scrollBehavior !== 'auto';
  }).map(name);
}

/** Bars beside their places, or not as high, by a pixel, as their counts among the most, which their titles tell. */
function outOfProportion() {
  const bars = [...document.querySelectorAll('.bar-slot')].map(slot => ({title: slot.title,
    count: Number(slot.title.split(': ')[1].replaceAll(',', '')),
    room: slot.getBoundingClientRect().width,
    box: slot.firstElementChild.getBoundingClientRect()}));
  const most = bars.reduce((a, b) => b.count > a.count ? b : a);
  return bars.filter(bar => bar.box.width > bar.room
      || Math.abs(bar.box.height - most.box.height * bar.count / most.count) > 1)
      .map(bar => `${bar.title} is ${bar.box.width} pixels wide, of ${bar.room}, and ${bar.box.height} high, and `
          + `${most.title} is ${most.box.height} high`);
}
