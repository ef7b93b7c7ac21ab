#!/usr/bin/env python3
"""Rebuilds the pages of ../test/resources/corpus with the generators that they are named after.

Usage: build.py FOLDER [GENERATOR...]

FOLDER has the installed generators (see README.md) and takes the sites that they build. The text of
the pages is in content/ and api/, and was written for this project. Beside each page, the script
writes the sentences that its document has (+, from content/*.txt and api/*.txt) and does not have
(-): the texts of the page that are not in the source of its content.
"""

import html
import pathlib
import re
import shutil
import subprocess
import sys

import lxml.html

HERE = pathlib.Path(__file__).resolve().parent
PAGES = HERE.parent / "test" / "resources" / "corpus"
CONTENT = HERE / "content"
API = HERE / "api"
SITE = "하늘상회 안내서"
FOOTER = "© 2026 하늘상회 주식회사, 사업자등록번호 000-00-00000"
NAMES = {"start": "설치 차례", "faq": "환불 차례", "operate": "Operations guide"}
# One pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
    "08d763f8ffff3f0005fe02fea7352e9b0000000049454e44ae426082"
)
# Words of a generator that belong to the text: labels of notes, and section numbers.
LABELS = {"note", "warning", "caution", "tip", "danger", "info", "경고", "주의", "정보", "참고", "노트"}
# Dates, versions and authors are part of the text of some pages only.
PUBLISHED = re.compile(r"\d{4}-\d\d-\d\d|\d{4}년 |[A-Z][a-z]{2} \d+, \d{4}|[vV]ersion \d|[Ll]ast modified|편집부|Haneul Writers|writers@|compressed")
MOST_FURNITURE = 14


# Content: one source for all generators


def blocks(text):
    """Yields (kind, title, body); kind is empty for plain text."""
    position = 0
    for found in re.finditer(r"^:::(\w+) ?(.*)\n((?:.*\n)*?):::\n", text, re.M):
        yield "", "", text[position : found.start()]
        yield found.group(1), found.group(2).strip(), found.group(3)
        position = found.end()
    yield "", "", text[position:]


def tabs_of(body):
    parts = re.split(r"^=== (.*)\n", body, flags=re.M)[1:]
    return list(zip(parts[::2], parts[1::2]))


def indented(text):
    return "".join("    " + line if line.strip() else line for line in text.splitlines(True))


def colons(body, kind, title, brackets):
    head = f"[{title}]" if brackets else f" {title}"
    return f":::{kind}{head}\n\n{body}\n:::\n"


def details(body, title, attribute=""):
    return f"<details{attribute}>\n<summary>{title}</summary>\n\n{body}\n</details>\n"


def bootstrap(kind, title, body, attribute):
    if kind == "tabs":
        tabs = tabs_of(body)
        heads = "".join(
            f'<li class="nav-item" role="presentation"><button class="nav-link" id="tab-{i}"'
            f' data-bs-toggle="tab" data-bs-target="#pane-{i}" type="button" role="tab"'
            f' aria-controls="pane-{i}">{name}</button></li>'
            for i, (name, _) in enumerate(tabs)
        )
        panes = "".join(
            f'<div class="tab-pane fade" id="pane-{i}" role="tabpanel"'
            f' aria-labelledby="tab-{i}"{attribute}>\n\n{text}\n</div>\n'
            for i, (_, text) in enumerate(tabs)
        )
        return (
            f'<ul class="nav nav-tabs" role="tablist">{heads}</ul>\n\n'
            f'<div class="tab-content"{attribute}>\n{panes}</div>\n'
        )
    if kind == "details":
        return details(body, title, attribute)
    return (
        f'<div class="alert alert-{kind}" role="alert"{attribute}>\n'
        f'<h4 class="alert-heading">{title}</h4>\n\n{body}\n</div>\n'
    )


def plain(kind, title, body):
    return bootstrap(kind, title, body, "")


def with_markdown(kind, title, body):
    return bootstrap(kind, title, body, ' markdown="1"')


def docusaurus_block(kind, title, body):
    if kind == "tabs":
        items = "".join(
            f'<TabItem value="v{i}" label="{name}">\n\n{text}\n</TabItem>\n'
            for i, (name, text) in enumerate(tabs_of(body))
        )
        return f"<Tabs>\n{items}</Tabs>\n"
    return details(body, title) if kind == "details" else colons(body, kind, title, True)


def starlight_block(kind, title, body):
    if kind == "tabs":
        items = "".join(
            f'<TabItem label="{name}">\n\n{text}\n</TabItem>\n' for name, text in tabs_of(body)
        )
        return f"<Tabs>\n{items}</Tabs>\n"
    kind = {"warning": "caution"}.get(kind, kind)
    return details(body, title) if kind == "details" else colons(body, kind, title, True)


def vitepress_block(kind, title, body):
    if kind == "tabs":
        code = "".join(
            re.sub(r"^```(\w+)$", rf"```\1 [{name}]", text, count=1, flags=re.M)
            for name, text in tabs_of(body)
        )
        return f"::: code-group\n\n{code}\n:::\n"
    kind = {"note": "info"}.get(kind, kind)
    return f"::: {kind} {title}\n\n{body}\n:::\n"


def material_block(kind, title, body):
    if kind == "tabs":
        return "".join(f'=== "{name}"\n\n{indented(text)}\n' for name, text in tabs_of(body))
    mark = "???" if kind == "details" else "!!!"
    return f'{mark} {"question" if kind == "details" else kind} "{title}"\n\n{indented(body)}\n'


def myst_block(kind, title, body):
    if kind == "tabs":
        items = "".join(
            f"````{{tab-item}} {name}\n{text}````\n" for name, text in tabs_of(body)
        )
        return f"`````{{tab-set}}\n{items}`````\n"
    if kind == "details":
        return f"````{{dropdown}} {title}\n{body}````\n"
    return f"````{{admonition}} {title}\n:class: {kind}\n{body}````\n"


def source(page, block, title=True):
    text = (CONTENT / f"{page}.md").read_text()
    if not title:
        text = text.split("\n", 1)[1]
    return "".join(
        body if not kind else block(kind, head, body) for kind, head, body in blocks(text)
    )


def title_of(page):
    return (CONTENT / f"{page}.md").read_text().split("\n", 1)[0].removeprefix("# ")


# Pages: only their markup is kept


def shrunk(page):
    page = re.sub(r"(?is)<script\b(?=[^>]*\bsrc=)[^>]*>.*?</script>", "", page)
    page = re.sub(r"(?is)<(script|style)\b[^>]*>.*?</\1>", lambda m: m[0] if len(m[0]) < 400 else "", page)
    page = re.sub(r"(?is)<link\b(?![^>]*canonical)[^>]*>", "", page)
    page = re.sub(r"(?is)<meta\b(?![^>]*(?:charset|generator|http-equiv))[^>]*>", "", page)
    page = re.sub(r"(?is)(<svg\b[^>]*(?<!/)>).*?(</svg>)", r"\1\2", page)
    page = re.sub(r"(?is)<!--(?:(?!-->).){80,}-->", "", page)
    page = re.sub(r"data:[a-z]+/[^\"')]{200,}", "data:image/png;base64,iVBORw0KGgo=", page)
    page = re.sub(r'(?is) (?:style|d|srcset|integrity|astro-cid-\w+)="[^"]{60,}"', "", page)
    page = re.sub(r"[ \t]+\n", "\n", page)
    return re.sub(r"\n{2,}", "\n", page).strip() + "\n"


def letters(text):
    return "".join(filter(str.isalnum, text))


SILENT = {"script", "style", "noscript", "template", "svg", "title", "iframe", "textarea"}
INLINE = {"span", "b", "i", "em", "strong", "code", "kbd", "small", "wbr", "sup", "sub", "mark"}


def texts(page):
    """The texts of the body, one for each block."""
    body = lxml.html.document_fromstring(page.encode()).body
    found = []
    line = []

    def end():
        text = " ".join("".join(line).split())
        line.clear()
        if text:
            found.append(text)

    def is_inline(element):
        if element.tag == "a":
            around = element.getparent()
            beside = [around.text] + [child.tail for child in around]
            return any(text and text.strip() for text in beside)
        return element.tag in INLINE

    def walk(element):
        if not isinstance(element.tag, str) or element.tag in SILENT:
            return
        if not is_inline(element):
            end()
        line.append(element.text or "")
        for child in element:
            walk(child)
            line.append(child.tail or "")
        if not is_inline(element):
            end()

    walk(body)
    end()
    return found


def furniture(page, content):
    content = letters(re.sub(r"\]\([^)]*\)|https://\S+(?=\[)", "", content)).lower()
    kept = []
    for text in texts(page):
        if PUBLISHED.search(text):
            continue
        word = letters(re.sub(r"^[\d.]+ ", "", text)).lower()
        if len(word) >= 4 and word not in content and word not in LABELS and not word.isdigit():
            if text not in kept and len(text) < 120:
                kept.append(text)
    step = max(1, len(kept) / MOST_FURNITURE)
    return [kept[int(i * step)] for i in range(min(len(kept), MOST_FURNITURE))]


def keep(name, file):
    """Writes a page, and returns it."""
    PAGES.mkdir(exist_ok=True)
    page = shrunk(pathlib.Path(file).read_text())
    (PAGES / f"{name}.html").write_text(page)
    return page


def keep_content(name, file, page):
    """Writes a page with one of the texts of content/, and its sentences."""
    wanted = (CONTENT / f"{page}.txt").read_text()
    content = html.unescape((CONTENT / f"{page}.md").read_text()) + wanted
    unwanted = furniture(keep(f"{name}-{page}", file), content)
    lines = "".join(f"- {text}\n" for text in unwanted)
    (PAGES / f"{name}-{page}.txt").write_text(wanted + lines)


def run(folder, *command, **options):
    print(f"{folder.name}:", *command, flush=True)
    subprocess.run([str(part) for part in command], cwd=folder, check=True, **options)


def write(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text) if isinstance(text, bytes) else file.write_text(text)


def site(work, name):
    folder = work / "sites" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


# Generators


def docusaurus(work):
    # Its packages have to be found from the site.
    folder = work / "docusaurus"
    imports = "import Tabs from '@theme/Tabs';\nimport TabItem from '@theme/TabItem';\n\n"
    for page in NAMES:
        text = source(page, docusaurus_block).split("\n", 1)
        write(
            folder / "docs" / f"{page}.mdx",
            f"---\nsidebar_label: {NAMES[page]}\n---\n{imports if ':::tabs' in (CONTENT / f'{page}.md').read_text() else ''}"
            f"{text[0]}\n{text[1]}",
        )
    write(folder / "docs/screen.png", PNG)
    write(
        folder / "blog/2026-11-02-operate.mdx",
        "---\nauthors: [{name: 김하늘 편집부}]\ntags: [operations-tag]\n---\n" + source("operate", docusaurus_block),
    )
    write(folder / "sidebars.js", "module.exports = {docs: [{type: 'autogenerated', dirName: '.'}]};\n")
    write(
        folder / "docusaurus.config.js",
        f"""module.exports = {{
  title: '{SITE}', url: 'https://docs.example.com', baseUrl: '/', onBrokenLinks: 'ignore',
  i18n: {{defaultLocale: 'ko', locales: ['ko']}},
  presets: [['classic', {{docs: {{sidebarPath: './sidebars.js', editUrl: 'https://git.example.com/edit/'}},
    blog: {{showReadingTime: true, onInlineAuthors: 'ignore', onUntruncatedBlogPosts: 'ignore', onInlineTags: 'ignore'}}}}]],
  themeConfig: {{
    announcementBar: {{id: 'a', content: '가을 할인 행사를 시작했습니다', isCloseable: true}},
    navbar: {{title: '{SITE}', items: [{{to: '/blog', label: '소식 게시판', position: 'left'}}]}},
    footer: {{style: 'dark', links: [{{title: '바로 가기 모음', items: [{{label: '채용 정보', href: 'https://shop.example/jobs'}}]}}],
      copyright: '{FOOTER}'}},
  }},
}};
""",
    )
    run(folder, "npx", "docusaurus", "build")
    for page in NAMES:
        keep_content("docusaurus", folder / f"build/docs/{page}/index.html", page)
    keep_content("docusaurus-blog", folder / "build/blog/2026/11/02/operate/index.html", "operate")


def mkdocs(work):
    for theme, block, pages in (
        ("material", material_block, NAMES),
        ("mkdocs", with_markdown, ["faq"]),
        ("readthedocs", with_markdown, ["operate"]),
    ):
        folder = site(work, f"mkdocs-{theme}")
        for page in NAMES:
            write(folder / f"docs/{page}.md", source(page, block))
        write(folder / "docs/screen.png", PNG)
        extras = "[attr_list, md_in_html, tables, admonition, toc: {permalink: true}, "
        extras += (
            "pymdownx.superfences, pymdownx.details, pymdownx.highlight: {anchor_linenums: true, linenums: true},"
            " pymdownx.tabbed: {alternate_style: true}]"
            if theme == "material"
            else "fenced_code]"
        )
        features = "features: [navigation.tabs, navigation.footer, content.code.copy, toc.follow, announce.dismiss], language: ko" if theme == "material" else ""
        write(
            folder / "mkdocs.yml",
            f"site_name: {SITE}\nsite_url: https://docs.example.com/\ncopyright: {FOOTER}\n"
            f"repo_url: https://git.example.com/docs\nedit_uri: edit/main/docs/\n"
            f"theme: {{name: {theme}, {features}}}\nmarkdown_extensions: {extras}\n"
            f"nav: [{', '.join(f'{NAMES[page]}: {page}.md' for page in NAMES)}]\n",
        )
        run(folder, work / "py/bin/mkdocs", "build", "-q")
        for page in pages:
            keep_content(f"mkdocs-{theme}", folder / f"site/{page}/index.html", page)


def sphinx(work):
    for theme, module, pages in (
        ("alabaster", "alabaster", ["operate"]),
        ("sphinx_rtd_theme", "rtd", ["start", "operate"]),
        ("furo", "furo", ["faq", "operate"]),
        ("pydata_sphinx_theme", "pydata", ["start"]),
        ("sphinx_book_theme", "book", ["faq"]),
    ):
        folder = site(work, f"sphinx-{module}")
        for page in NAMES:
            write(folder / f"{page}.md", source(page, myst_block))
        write(folder / "screen.png", PNG)
        write(
            folder / "index.md",
            f"# {SITE}\n\n```{{toctree}}\n"
            + "".join(f"{NAMES[page]} <{page}>\n" for page in NAMES)
            + "```\n",
        )
        write(
            folder / "conf.py",
            f"project = '{SITE}'\ncopyright = '2026 하늘상회 주식회사'\nlanguage = 'ko'\n"
            f"extensions = ['myst_parser', 'sphinx_design']\nhtml_theme = '{theme}'\n"
            "html_show_sourcelink = True\n",
        )
        run(folder, work / "py/bin/sphinx-build", "-q", ".", "out")
        for page in pages:
            keep_content(f"sphinx-{module}", folder / f"out/{page}.html", page)


def starlight(work):
    folder = work / "starlight"
    for page in NAMES:
        text = source(page, starlight_block, title=False)
        imports = "import { Tabs, TabItem } from '@astrojs/starlight/components';\n" if "<Tabs>" in text else ""
        write(
            folder / f"src/content/docs/{page}.mdx",
            f"---\ntitle: {title_of(page)}\nsidebar: {{label: {NAMES[page]}}}\n---\n{imports}{text}",
        )
    write(folder / "src/content/docs/screen.png", PNG)
    write(
        folder / "src/content/config.ts",
        "import { defineCollection } from 'astro:content';\nimport { docsSchema } from '@astrojs/starlight/schema';\n"
        "export const collections = { docs: defineCollection({ schema: docsSchema() }) };\n",
    )
    write(
        folder / "astro.config.mjs",
        "import { defineConfig } from 'astro/config';\nimport starlight from '@astrojs/starlight';\n"
        "export default defineConfig({ integrations: [starlight({"
        f" title: '{SITE}', defaultLocale: 'root', locales: {{root: {{label: '한국어', lang: 'ko'}}}}, pagefind: false,"
        " editLink: {baseUrl: 'https://git.example.com/edit/'}, lastUpdated: false,"
        f" sidebar: [{{label: '안내 문서 모음', autogenerate: {{directory: '.'}}}}] }})] }});\n",
    )
    run(folder, "npx", "astro", "build")
    for page in NAMES:
        keep_content("starlight", folder / f"dist/{page}/index.html", page)


def vitepress(work):
    folder = work / "vitepress" / "site"
    for page in NAMES:
        write(folder / f"{page}.md", source(page, vitepress_block))
    write(folder / "screen.png", PNG)
    items = ", ".join(f"{{text: '{NAMES[page]}', link: '/{page}'}}" for page in NAMES)
    write(
        folder / ".vitepress/config.mjs",
        f"export default {{lang: 'ko', title: '{SITE}', themeConfig: {{"
        f"nav: [{{text: '소식 게시판', link: '/news'}}], sidebar: [{{text: '안내 문서 모음', items: [{items}]}}],"
        f" editLink: {{pattern: 'https://git.example.com/edit/:path', text: '이 문서를 고치기'}},"
        f" footer: {{copyright: '{FOOTER}'}}, outline: 'deep'}}, markdown: {{lineNumbers: true}}}};\n",
    )
    run(folder.parent, "npx", "vitepress", "build", "site")
    for page in NAMES:
        keep_content("vitepress", folder / f".vitepress/dist/{page}.html", page)


def honkit(work):
    folder = work / "vitepress" / "honkit"
    for page in NAMES:
        write(folder / f"{page}.md", source(page, plain))
    write(folder / "screen.png", PNG)
    write(folder / "README.md", f"# {SITE}\n")
    write(folder / "book.json", f'{{"title": "{SITE}", "language": "ko"}}\n')
    write(
        folder / "SUMMARY.md",
        "# Summary\n\n" + "".join(f"* [{NAMES[page]}]({page}.md)\n" for page in NAMES),
    )
    run(folder.parent, "npx", "honkit", "build", "honkit", "honkit-out")
    for page in ("faq", "operate"):
        keep_content("honkit", folder / f"honkit-out/{page}.html", page)


LAYOUT = """<!doctype html>
<html lang="ko"><head><meta charset="utf-8"><title>{title} | {site}</title></head>
<body class="td-page">
<header><nav class="navbar" aria-label="main"><a class="navbar-brand" href="/">{site}</a>
<ul class="navbar-nav"><li><a href="/news/">소식 게시판</a></li></ul></nav></header>
<div class="container-fluid td-outer"><div class="row">
<aside class="col-2 td-sidebar"><nav>{menu}</nav></aside>
<aside class="col-2 td-sidebar-toc"><div class="td-page-meta"><a href="https://git.example.com/edit">이 문서를 고치기</a></div>{toc}</aside>
<main class="col-8" role="main">{heading}<div class="td-content">{content}</div>
<ul class="pagination"><li><a rel="next" href="/next/">다음 문서: 매장 찾기</a></li></ul>
<div class="text-muted">Last modified 2 November 2026</div></main></div></div>
<footer class="td-footer"><p>{footer}</p></footer>
<div class="cookie-banner" role="dialog"><p>이 사이트는 쿠키를 씁니다.</p><button>모두 허용</button></div>
</body></html>
"""


def menu():
    return "<ul>" + "".join(f'<li><a href="/{page}/">{NAMES[page]}</a></li>' for page in NAMES) + "</ul>"


def layout(**values):
    return LAYOUT.format(site=SITE, footer=FOOTER, menu=menu(), **values)


def hugo(work):
    folder = site(work, "hugo")
    for page in NAMES:
        write(
            folder / f"content/{page}.md",
            f"---\ntitle: '{title_of(page)}'\n---\n{source(page, plain, title=False)}",
        )
    write(
        folder / "config.toml",
        "baseURL = 'https://docs.example.com/'\ndisableKinds = ['taxonomy', 'term', 'RSS', 'sitemap', 'home', 'section']\n[markup.goldmark.renderer]\nunsafe = true\n"
        "[markup.highlight]\nlineNos = true\nanchorLineNos = true\nlineNumbersInTable = true\n",
    )
    write(
        folder / "layouts/_default/single.html",
        layout(
            title="{{ .Title }}",
            toc="{{ .TableOfContents }}",
            heading="<h1>{{ .Title }}</h1>",
            content="{{ .Content }}",
        ),
    )
    run(folder, "hugo", "--quiet")
    for page in NAMES:
        keep_content("hugo", folder / f"public/{page}/index.html", page)


def jekyll(work):
    folder = site(work, "jekyll")
    for page in NAMES:
        write(
            folder / f"{page}.md",
            f"---\nlayout: page\ntitle: {title_of(page)}\n---\n{source(page, with_markdown, title=False)}",
        )
    write(
        folder / "_posts/2026-11-02-operate.md",
        f"---\nlayout: post\ntitle: {title_of('operate')}\nauthor: 김하늘 편집부\n---\n{source('operate', with_markdown, title=False)}",
    )
    write(
        folder / "_config.yml",
        f"title: {SITE}\ntheme: minima\ndescription: {FOOTER}\nemail: help@shop.example\nauthor: 하늘상회 편집부\n",
    )
    run(folder, "jekyll", "build", "-q")
    keep_content("jekyll", folder / "_site/faq.html", "faq")
    keep_content("jekyll-post", folder / "_site/2026/11/02/operate.html", "operate")


def eleventy(work):
    folder = work / "vitepress" / "eleventy"
    for page in NAMES:
        write(
            folder / f"{page}.md",
            f"---\nlayout: base.njk\ntitle: {title_of(page)}\n---\n{source(page, plain)}",
        )
    write(
        folder / "_includes/base.njk",
        # The layout of its starter for blogs, with headings and navigation of ours.
        f"""<!doctype html>
<html lang="ko"><head><meta charset="utf-8"><title>{{{{ title }}}}</title></head><body>
<a href="#skip" class="visually-hidden">Skip to main content</a>
<header><a href="/" class="home-link">{SITE}</a>
<nav><h2 class="visually-hidden" id="top-level-navigation-menu">Top level navigation menu</h2>
<ul class="nav">{menu()}</ul></nav></header>
<main id="skip"><heading-anchors>{{{{ content | safe }}}}</heading-anchors>
<ul class="links-nextprev"><li>Previous: <a href="/shops/">매장 찾기</a></li></ul></main>
<footer><p><em>Built with Eleventy</em></p><p>{FOOTER}</p></footer></body></html>
""",
    )
    write(folder / ".eleventy.js", "module.exports = config => { config.addPassthroughCopy('*.png'); };\n")
    write(folder / "package.json", '{"type": "commonjs"}\n')
    run(folder, "npx", "eleventy", "--quiet", "--output=out")
    for page in ("start", "operate"):
        keep_content("eleventy", folder / f"out/{page}/index.html", page)


def pelican(work):
    folder = site(work, "pelican")
    write(
        folder / "content/operate.md",
        f"Title: {title_of('operate')}\nDate: 2026-11-02 10:00\nCategory: 운영 갈래\nAuthor: 김하늘 편집부\n"
        f"Slug: operate\n\n{source('operate', with_markdown, title=False)}",
    )
    write(
        folder / "pelicanconf.py",
        f"SITENAME = '{SITE}'\nSITEURL = 'https://docs.example.com'\nTIMEZONE = 'Asia/Seoul'\nDEFAULT_LANG = 'ko'\n"
        "LINKS = (('바로 가기 모음', 'https://shop.example/'),)\nDEFAULT_PAGINATION = 10\n"
        "MARKDOWN = {'extensions': ['markdown.extensions.extra', 'markdown.extensions.codehilite'], 'output_format': 'html5'}\n",
    )
    run(folder, work / "py/bin/pelican", "content", "-o", "out", "-s", "pelicanconf.py", "-q")
    keep_content("pelican", folder / "out/operate.html", "operate")


def pandoc(work):
    folder = site(work, "pandoc")
    write(folder / "start.md", source("start", plain))
    write(folder / "before.html", f'<div class="topbar"><a href="/">{SITE}</a> <a href="/news">소식 게시판</a></div>')
    write(folder / "after.html", f'<div id="footer"><p>{FOOTER}</p></div>')
    run(
        folder, "pandoc", "-s", "--toc", "--number-sections", "-B", "before.html", "-A", "after.html",
        "-f", "markdown-markdown_in_html_blocks+native_divs", "--metadata", "pagetitle=start", "-o", "start.html", "start.md",
    )
    keep_content("pandoc", folder / "start.html", "start")


def asciidoctor(work):
    folder = site(work, "asciidoctor")
    for page in ("faq", "operate"):
        shutil.copy(CONTENT / f"{page}.adoc", folder)
        run(folder, "asciidoctor", "-a", "toc=left", "-a", "sectnums", "-a", "icons=font",
            "-a", "linkcss", f"{page}.adoc")
        keep_content("asciidoctor", folder / f"{page}.html", page)


def api(name, file):
    """Writes a page of reference, and its sentences from api/."""
    keep(name, file)
    shutil.copy(API / f"{name}.txt", PAGES)


def javadoc(work):
    folder = site(work, "javadoc")
    write(folder / "kr/example/shop/Refund.java", (API / "Refund.java").read_text())
    write(folder / "kr/example/shop/package-info.java", (API / "package-info.java").read_text())
    run(folder, "javadoc", "-quiet", "-d", "out", "-locale", "en", "-bottom", FOOTER, "-windowtitle", SITE,
        "-header", "<b>Haneul API header</b>", "kr.example.shop", "-sourcepath", ".")
    api("javadoc-class", folder / "out/kr/example/shop/Refund.html")
    api("javadoc-package", folder / "out/kr/example/shop/package-summary.html")


def typedoc(work):
    folder = work / "vitepress" / "typedoc"
    write(folder / "refund.ts", (API / "refund.ts").read_text())
    write(folder / "tsconfig.json", '{"compilerOptions": {"target": "es2022", "types": []}, "files": ["refund.ts"]}\n')
    run(folder.parent, "npx", "typedoc", "--tsconfig", "typedoc/tsconfig.json",
        "--disableSources", "--name", SITE, "--out", "typedoc/out", "typedoc/refund.ts")
    api("typedoc", folder / "out/classes/Refund.html")


def jsdoc(work):
    folder = work / "vitepress" / "jsdoc"
    write(folder / "refund.js", (API / "refund.js").read_text())
    run(folder.parent, "npx", "jsdoc", "-d", "jsdoc/out", "jsdoc/refund.js")
    api("jsdoc", folder / "out/Refund.html")


def pdoc(work):
    folder = site(work, "pdoc")
    write(folder / "refund.py", (API / "refund.py").read_text())
    run(folder, work / "py/bin/pdoc", "-o", "out", "--footer-text", FOOTER, "--no-search", "--no-show-source", "./refund.py")
    api("pdoc", folder / "out/refund.html")


def rustdoc(work):
    folder = site(work, "rustdoc")
    write(folder / "refund.rs", (API / "refund.rs").read_text())
    run(folder, "rustdoc", "--crate-name", "refund", "--crate-type", "lib", "-o", "out", "refund.rs")
    api("rustdoc", folder / "out/refund/struct.Refund.html")


def openapi(work):
    folder = work / "vitepress" / "openapi"
    write(folder / "shop.yaml", (API / "shop.yaml").read_text())
    run(folder.parent, "npx", "redocly", "build-docs", "openapi/shop.yaml", "-o", "openapi/redoc.html")
    api("redoc", folder / "redoc.html")


GENERATORS = [
    docusaurus, mkdocs, sphinx, starlight, vitepress, honkit, hugo, jekyll, eleventy, pelican, pandoc,
    asciidoctor, javadoc, typedoc, jsdoc, pdoc, rustdoc, openapi,
]


def main():
    work = pathlib.Path(sys.argv[1]).resolve()
    names = sys.argv[2:]
    for generator in GENERATORS:
        if not names or generator.__name__ in names:
            generator(work)


if __name__ == "__main__":
    main()
