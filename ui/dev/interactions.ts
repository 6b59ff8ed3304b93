// What a person does in more than one scene, and how a scene knows that it is shown.
import type { Locator, Page } from 'playwright-core';

/** The row of a person of the list. */
export function row(page: Page, name: string): Locator {
  return page.getByRole('rowheader', { name: new RegExp(`^${name}`) });
}

/** The menu of a person, by the keyboard, with the focus on its first item. */
export async function openMenu(page: Page, name: string): Promise<void> {
  await row(page, name).focus();
  await page.keyboard.press('Shift+F10');
  await menuIsOpen(page);
}

/** The submenu "Copy" of an open menu of a person. */
export async function openCopy(page: Page): Promise<void> {
  await page.keyboard.press('c');
  await page.keyboard.press('ArrowRight');
  const copies = page.getByRole('menu').nth(1);
  await copies.getByRole('menuitem').first().and(page.locator(':focus')).waitFor();
}

/** A menu with the focus on its first item. */
export async function menuIsOpen(page: Page): Promise<void> {
  await page.getByRole('menu').waitFor();
  await page.getByRole('menuitem').first().and(page.locator(':focus')).waitFor();
}

/** Presses a button, and waits for the dialog that it opens. */
export async function openDialog(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('dialog').or(page.getByRole('alertdialog')).waitFor();
}
