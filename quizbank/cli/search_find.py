"""``hoclieu search find``: what the search page would find."""

import json

import click

from quizbank.cli.opening import open_search
from repository.errors import Invalid
from repository.search.documents import KINDS, SORTS, SearchHit, SearchQuery, SearchResults
from repository.search.exchange import results_as_json


@click.command("find")
@click.argument("query")
@click.option("--kind", type=click.Choice(KINDS), default=None)
@click.option("--filter", "filters", multiple=True, metavar="FIELD=VALUE", help="Repeat for more.")
@click.option("--sort", type=click.Choice(SORTS), default=SORTS[0], show_default=True)
@click.option("--limit", type=click.IntRange(0, 100), default=10, show_default=True)
@click.option("--facets", is_flag=True, help="Count facet values over the whole result.")
@click.option("--explain", is_flag=True, help="Say what every score is made of.")
@click.option("--json", "as_json", is_flag=True)
def find(
    query: str,
    kind: str | None,
    filters: tuple[str, ...],
    sort: str,
    limit: int,
    facets: bool,
    explain: bool,
    as_json: bool,
) -> None:
    """Find published lectures and questions; accents are optional."""
    asked = SearchQuery(
        query,
        kind=kind,
        filters=filters_of(filters),
        sort=sort,
        limit=limit,
        wants_facets=facets,
        wants_explanation=explain,
    )
    results = open_search().find(asked)
    if as_json:
        click.echo(json.dumps(results_as_json(results), ensure_ascii=False))
    else:
        click.echo("\n".join(lines_of(results)))


def filters_of(pairs: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    filters: dict[str, tuple[str, ...]] = {}
    for pair in pairs:
        name, is_pair, value = pair.partition("=")
        if not is_pair:
            raise Invalid("A filter is FIELD=VALUE, not {pair}.", pair=pair)
        filters[name] = (*filters.get(name, ()), value)
    return filters


def lines_of(results: SearchResults) -> list[str]:
    relaxed = f", given up: {', '.join(results.relaxed)}" if results.relaxed else ""
    lines = [f"{results.total} found in {results.took_ms} ms{relaxed}"]
    if results.read_as:
        lines.append(f"read as: {results.read_as}")
    if results.did_you_mean:
        lines.append(f"did you mean: {results.did_you_mean}")
    for hit in results.hits:
        lines += [
            f"{hit.score:8.3f}  {hit.kind} {hit.id}  {hit.title}{place_of(hit)}",
            *parts_of(hit),
            *excerpts_of(hit),
        ]
    for name, counts in results.facets.items():
        if counts:
            lines.append(f"{name}: " + ", ".join(f"{count.value} {count.count}" for count in counts))
    return lines


def place_of(hit: SearchHit) -> str:
    return f"  ({hit.where.kind} {hit.where.number})" if hit.where else ""


def parts_of(hit: SearchHit) -> list[str]:
    """The parts of a score, the weightiest first."""
    ordered = sorted(hit.parts.items(), key=lambda part: -abs(part[1]))
    return [f"          {points:+8.3f}  {name}" for name, points in ordered]


def excerpts_of(hit: SearchHit) -> list[str]:
    marked = ("".join(f"[{s.text}]" if s.is_match else s.text for s in segments) for segments in hit.highlights)
    return ["          " + " ".join(text.split()) for text in marked]
