/**
 * From page to page: what a clerk goes to all day stands in the bar, the rest in two menus; where
 * they do not fit beside each other, all of them in one. Where one is, is always named.
 */

import type { ComponentChildren } from "preact";
import { t } from "../core/t.ts";
import { Icon } from "../ui/parts.ts";
import { Disclosed } from "./disclosed.tsx";
import { crowded } from "./narrow.ts";
import { type DeskPage, leadOf, type Menu, pagesFor } from "./pages.ts";
import { route, spellRoute } from "./route.ts";

const MENUS: Readonly<Record<Menu, string>> = { records: t`Records`, school: t`School` };
const TODAY = t`Today`;
/** So few pages need no menu: an auditor reads six. */
const FEW = 6;

function Count({ pages }: { pages: readonly DeskPage[] }) {
  const count = pages.reduce((sum, page) => sum + (page.count?.() ?? 0), 0);
  const isPressing = pages.some((page) => page.pressing?.());
  if (count === 0) return null;
  return <b class={`nav-count${isPressing ? " nav-count-pressing" : ""}`}> {count}</b>;
}

const isHere = (page: DeskPage): boolean => leadOf(route.value.page)?.name === page.name;

function Lead({ page }: { page: DeskPage }) {
  return (
    <li>
      <a
        class="nav-lead"
        href={spellRoute({ page: page.name, part: null, query: {} })}
        aria-current={isHere(page) ? "page" : undefined}
      >
        {page.title}
        <Count pages={[page]} />
      </a>
    </li>
  );
}

const leadsOf = (pages: readonly DeskPage[]) =>
  pages.map((page) => <Lead key={page.name} page={page} />);

/** The words of a menu, with the page of it that is shown. */
function wordsOf(title: string, pages: readonly DeskPage[]): ComponentChildren {
  const here = pages.find(isHere);
  if (!here) return title;
  return (
    <>
      {title}
      <span class="nav-here">: {here.title}</span>
    </>
  );
}

function MenuOf({ menu, pages }: { menu: Menu; pages: readonly DeskPage[] }) {
  if (pages.length === 0) return null;
  return (
    <li>
      <Disclosed name={menu} words={wordsOf(MENUS[menu], pages)} isHere={pages.some(isHere)}>
        <ul>{leadsOf(pages)}</ul>
      </Disclosed>
    </li>
  );
}

function Beside({ pages }: { pages: readonly DeskPage[] }) {
  if (pages.length <= FEW) return <ul>{leadsOf(pages)}</ul>;
  const of = (menu: Menu) => pages.filter((page) => page.menu === menu);
  return (
    <ul>
      {leadsOf(pages.filter(({ menu }) => !menu))}
      <MenuOf menu="records" pages={of("records")} />
      <MenuOf menu="school" pages={of("school")} />
    </ul>
  );
}

function Part({ title, pages }: { title: string; pages: readonly DeskPage[] }) {
  if (pages.length === 0) return null;
  return (
    <section class="nav-part">
      <h2>{title}</h2>
      <ul>{leadsOf(pages)}</ul>
    </section>
  );
}

/** All pages in one menu, which is named after the page that is shown. */
function InOne({ pages }: { pages: readonly DeskPage[] }) {
  const of = (menu: Menu | undefined) => pages.filter((page) => page.menu === menu);
  const words = (
    <>
      <Icon name="list" />
      <span class="unseen">{t`Pages, now`} </span>
      <span class="nav-now">{leadOf(route.value.page)?.title ?? "Rollbook"}</span>
      <Count pages={pages} />
    </>
  );
  return (
    <Disclosed name="all" words={words} isHere>
      <Part title={TODAY} pages={of(undefined)} />
      <Part title={MENUS.records} pages={of("records")} />
      <Part title={MENUS.school} pages={of("school")} />
    </Disclosed>
  );
}

export function Nav({ role }: { role: string }) {
  const pages = pagesFor(role);
  return (
    <nav class={`nav${crowded.value ? " nav-crowded" : ""}`} aria-label={t`Desk`}>
      {crowded.value ? <InOne pages={pages} /> : <Beside pages={pages} />}
    </nav>
  );
}
