#!/usr/bin/env python3
"""Makes a git repository of more than 200 files as users have them, with the tools that they use.

Usage: mixed.py FOLDER

Needs LibreOffice (Writer and Calc), git, and Git LFS. Writes the repository as a bundle to
../test/resources/mixed/files.bundle, and beside it files.tsv: for each file, what happens to it
without include and with include "**". The words are those of MixedFilesTest.
"""

import pathlib
import shutil
import subprocess
import sys
import unicodedata
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE.parent / "test" / "resources" / "mixed"
# Numbers of encodings in the export filter of Calc.
UTF_8, UTF_16, WINDOWS_949 = 76, 65535, 62
TAKEN = ("taken", "taken")
OTHER_TYPE = ("left out", "unsupported")
NO_TEXT = ("no text", "no text")
NOT_THE_TYPE = ("not the type", "not the type")
UNKNOWN = ("encoding", "encoding")
POINTER = ("lfs", "lfs")
EMPTY = ("left out", "empty")

BODY = (
    "배송비는 3,000원이고, 50,000원 이상 사면 무료입니다. 제주·도서 지역은 3~5일이 걸립니다.\n\n"
    "환불은 물건이 창고에 도착한 뒤 영업일 기준 3일 안에 끝납니다.\n"
)
ODD_NAMES = [
    "배송 안내 (최종).md",
    "배송 안내 (최종) 복사본.md",
    "C# 예제.md",
    "#공지.md",
    "할인 50%.md",
    "100%25 환급.md",
    "%EA%B0%80.md",
    "웃는 얼굴 😀.md",
    "가족 👨‍👩‍👧.md",
    "질문? 답!.md",
    "a+b=c.md",
    "R&D.md",
    "[초안] 규정.md",
    "{변수}.md",
    "it's.md",
    '"인용".md',
    "쉼표, 그리고; 쌍점: 끝.md",
    "별*표.md",
    "물결~표.md",
    "달러$표.md",
    "a\\b.md",
    "  앞뒤 빈칸  .md",
    "점..두개.md",
    "UPPER.MD",
    "Ünïcödé.md",
    "日本語.md",
    "긴-" + "이름" * 38 + ".md",
]
NFD_NAMES = ["한글 문서.md", "자료/가격표.csv", "자료/공지 사항.txt", "이용 안내.html"]


def run(folder, *command):
    subprocess.run([str(part) for part in command], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def office(work, kind, files):
    run(work, "soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", kind,
        "--outdir", work / "out", *files)


class Files:
    """The files of the repository, and what happens to each."""

    def __init__(self, root):
        self.root = root
        self.fates = {}

    def add(self, path, fate, content):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.fates[path] = fate

    def link(self, path, fate, target):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.symlink_to(target)
        self.fates[path] = fate


def office_files(work, files):
    """Documents of Writer, and tables of Calc."""
    shutil.rmtree(work / "out", ignore_errors=True)
    texts = []
    for i in range(24):
        text = work / f"규정 {i + 1}.html"
        text.write_text(f"<meta charset=utf-8><h1>규정 {i + 1}</h1><p>{BODY}</p><table><tr><td>{i}</td><td>원</td></tr></table>")
        texts.append(text)
    for kind, count in (("docx:MS Word 2007 XML", 24), ("pdf:writer_web_pdf_Export", 6), ("doc:MS Word 97", 5), ("rtf:Rich Text Format", 2), ("odt:writer8", 4)):
        office(work, kind, texts[:count])
    out = work / "out"
    for i in range(24):
        files.add(f"사내 규정/규정 {i + 1}.docx", TAKEN, (out / f"규정 {i + 1}.docx").read_bytes())
    for i in range(6):
        files.add(f"pdf/규정 {i + 1}.pdf", TAKEN, (out / f"규정 {i + 1}.pdf").read_bytes())
    for i in range(5):
        files.add(f"옛 문서/규정 {i + 1}.doc", TAKEN, (out / f"규정 {i + 1}.doc").read_bytes())
    for i in range(2):
        files.add(f"옛 문서/rtf {i + 1}.doc", TAKEN, (out / f"규정 {i + 1}.rtf").read_bytes())
    for i in range(4):
        files.add(f"옛 문서/규정 {i + 1}.odt", OTHER_TYPE, (out / f"규정 {i + 1}.odt").read_bytes())

    tables = []
    for i in range(14):
        table = work / f"가격 {i + 1}.csv"
        table.write_text("품목,가격,비고\n" + "".join(f"설렁탕 {n},\"{n + 9},000원\",매일 {n}시~{n + 1}시\n" for n in range(i + 3)))
        tables.append(table)
    source = "--infilter=Text - txt - csv (StarCalc):44,34,76,1"
    for number, count, folder in ((WINDOWS_949, 14, "엑셀"), (UTF_16, 5, "유니코드"), (UTF_8, 5, "utf-8")):
        shutil.rmtree(out)
        office(work, f"csv:Text - txt - csv (StarCalc):44,34,{number},1", [source, *tables[:count]])
        for i in range(count):
            files.add(f"{folder}/가격 {i + 1}.csv", TAKEN, (out / f"가격 {i + 1}.csv").read_bytes())
    for kind, count in (("xlsx:Calc MS Excel 2007 XML", 5), ("xls:MS Excel 97", 3)):
        office(work, kind, [source, *tables[:count]])
    for i in range(5):
        files.add(f"엑셀/가격 {i + 1}.xlsx", OTHER_TYPE, (out / f"가격 {i + 1}.xlsx").read_bytes())
    for i in range(3):
        files.add(f"엑셀/가격 {i + 1}.xls", OTHER_TYPE, (out / f"가격 {i + 1}.xls").read_bytes())
    files.add("이름만 바꿈/표.docx", NOT_THE_TYPE, (out / "가격 1.xlsx").read_bytes())
    files.add("이름만 바꿈/표.doc", NOT_THE_TYPE, (out / "가격 1.xls").read_bytes())


def renamed_files(work, files):
    archive = work / "묶음.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("안내.txt", BODY)
    packed = archive.read_bytes()
    docx = (files.root / "사내 규정/규정 1.docx").read_bytes()
    pdf = (files.root / "pdf/규정 1.pdf").read_bytes()
    page = f"<!doctype html><meta charset=utf-8><title>로그인</title><p>{BODY}"
    files.add("묶음/문서.zip", OTHER_TYPE, packed)
    for name in ("안내.md", "안내.txt", "안내.csv", "안내.html"):
        files.add(f"이름만 바꿈/{name}", NO_TEXT, packed)
    files.add("이름만 바꿈/안내.pdf", NOT_THE_TYPE, packed)
    files.add("이름만 바꿈/안내.docx", NOT_THE_TYPE, packed)
    files.add("이름만 바꿈/규정.pdf", NOT_THE_TYPE, docx)
    files.add("이름만 바꿈/규정.doc", NOT_THE_TYPE, docx)
    files.add("이름만 바꿈/규정.docx", NOT_THE_TYPE, pdf)
    files.add("이름만 바꿈/규정.md", NO_TEXT, pdf)
    files.add("이름만 바꿈/로그인.pdf", NOT_THE_TYPE, page)
    files.add("이름만 바꿈/로그인.docx", NOT_THE_TYPE, page)
    files.add("이름만 바꿈/페이지.md", TAKEN, page)
    files.add("이름만 바꿈/문서.DOCX", TAKEN, docx)


def texts(files):
    for i, name in enumerate(ODD_NAMES):
        files.add(f"이름/{name}", TAKEN, f"# 문서 {i}\n\n{BODY}")
    for name in NFD_NAMES:
        path = unicodedata.normalize("NFD", f"맥/{name}")
        files.add(path, TAKEN, f"<p>{BODY}" if name.endswith("html") else f"제목,글\n{name},{BODY}")
    for i in range(6):
        files.add(f"메모장/utf-16 {i + 1}.txt", TAKEN, f"메모 {i + 1}\r\n{BODY}".encode("utf-16"))
    files.add("메모장/utf-16be.txt", TAKEN, b"\xfe\xff" + BODY.encode("utf-16-be"))
    files.add("메모장/표식 없는 utf-16.txt", NO_TEXT, "plain text\r\n".encode("utf-16-le"))
    for i in range(6):
        files.add(f"메모장/ansi {i + 1}.txt", TAKEN, f"메모 {i + 1}\r\n{BODY}".encode("cp949"))
    files.add("메모장/표식.md", TAKEN, b"\xef\xbb\xbf" + BODY.encode())
    files.add("메모장/latin-1.txt", UNKNOWN, "Größe, Höhe und Länge: café, naïve, façade\r\n".encode("latin-1") * 3)
    for label, charset in (("euc-kr", "cp949"), ("ks_c_5601-1987", "cp949"), ("utf-8", "utf-8")):
        page = f"<html><head><meta charset={label}><title>안내</title></head><body><main><p>{BODY}</main></body></html>"
        files.add(f"홈페이지/{label}.html", TAKEN, page.encode(charset))
    files.add("홈페이지/빈 화면.html", EMPTY_PAGE, "<html><head><title>앱</title></head><body><div id=root></div></body></html>")
    for i in range(20):
        text = f"---\ntitle: 안내 {i + 1}\n---\n\n# 안내 {i + 1}\n\n{BODY}"
        files.add(f"docs/{'하위/' * (i % 5)}guide-{i + 1}.{'mdx' if i % 4 == 3 else 'md'}", TAKEN, text.replace("\n", "\r\n" if i % 3 else "\n"))
    files.add("/".join(f"깊이{i}" for i in range(25)) + "/문서.md", TAKEN, BODY)
    files.add("같은 내용/하나.md", TAKEN, BODY)
    files.add("같은 내용/둘.md", TAKEN, BODY)


EMPTY_PAGE = ("left out", "no page text")


def leftovers(files):
    for path, content in (
        ("빈 파일/빈.md", b""), ("빈 파일/빈.pdf", b""), ("빈 파일/빈.html", b""), ("빈 파일/줄바꿈.md", b"\r\n \r\n"), ("빈 파일/표식만.txt", b"\xef\xbb\xbf"),
    ):
        files.add(path, EMPTY, content)
    for path in ("사내 규정/~$규정 1.docx", "옛 문서/~$규정 1.doc"):
        files.add(path, ("left out", "not the type"), b"\x05admin" + b"\0" * 156)
    files.add("사내 규정/.~lock.규정 1.docx#", ("hidden", "unsupported"), ",user,host,02.11.2026 10:00,file:///profile;")
    files.add(".DS_Store", ("hidden", "unsupported"), b"\0\0\0\1Bud1")
    files.add(".github/ISSUE_TEMPLATE.md", ("hidden", "taken"), "# Issue\n")
    files.add("node_modules/left/README.md", ("hidden", "taken"), "# left\n")
    files.add("Thumbs.db", OTHER_TYPE, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500)
    for path in ("LICENSE.md", "requirements.txt", "package.json", "data/faq.json"):
        files.add(path, ("left out", "taken"), "{}" if path.endswith("json") else "text of a tool\n")
    for path in ("logo.png", "소개.pptx", "영상.mp4", "build.gradle", "Makefile", "run.sh", "지도.svg", "글.hwp", "page.rst", "page.adoc"):
        files.add(path, OTHER_TYPE, b"\x89PNG\r\n\0\0")


def links(files):
    files.link("README.md", ("link", "link"), "docs/guide-1.md")
    files.link("안내 링크.md", ("link", "link"), "이름/배송 안내 (최종).md")
    files.link("사슬.md", ("link", "link"), "README.md")
    files.link("폴더.md", ("link", "link"), "docs")
    files.link("없는 곳.md", ("left out", "nowhere"), "docs/없음.md")
    files.link("고리.md", ("left out", "nowhere"), "고리.md")
    files.link("밖.md", ("left out", "leads out"), "../밖/비밀.md")
    files.link("절대 경로.md", ("left out", "leads out"), "/etc/hostname")
    files.link("그림 링크.png", OTHER_TYPE, "logo.png")


def lfs_files(repository, files):
    run(repository, "git", "lfs", "install", "--local")
    run(repository, "git", "lfs", "track", "lfs/**")
    files.fates[".gitattributes"] = ("hidden", "unsupported")
    pdf = (repository / "pdf/규정 2.pdf").read_bytes()
    for name, content in (("매뉴얼.pdf", pdf), ("가격.csv", "품목,가격\n"), ("글.md", BODY), ("글.docx", (repository / "사내 규정/규정 2.docx").read_bytes()), ("쪽.html", f"<p>{BODY}"), ("메모.txt", BODY)):
        files.add(f"lfs/{name}", POINTER, content)
    files.add("lfs/그림.png", OTHER_TYPE, b"\x89PNG\r\n\0\0")


def main():
    work = pathlib.Path(sys.argv[1]).resolve()
    repository = work / "repository"
    shutil.rmtree(repository, ignore_errors=True)
    repository.mkdir(parents=True)
    run(repository, "git", "init", "-q", "-b", "main")
    run(repository, "git", "config", "core.precomposeunicode", "false")
    run(repository, "git", "config", "core.autocrlf", "false")
    files = Files(repository)
    office_files(work, files)
    renamed_files(work, files)
    texts(files)
    leftovers(files)
    links(files)
    lfs_files(repository, files)
    run(repository, "git", "add", "-A", "-f")
    run(repository, "git", "-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "-q", "-m", "Files", "--date=2026-11-02T00:00:00Z")
    OUT.mkdir(exist_ok=True)
    run(repository, "git", "bundle", "create", OUT / "files.bundle", "main")
    rows = [f"{path}\t{fate[0]}\t{fate[1]}\n" for path, fate in sorted(files.fates.items())]
    (OUT / "files.tsv").write_text("".join(rows))
    print(len(rows), "files,", (OUT / "files.bundle").stat().st_size, "bytes")


if __name__ == "__main__":
    main()
