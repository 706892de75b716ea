"""Themes over the years, from a published snapshot: a marimo notebook.

    pip install marimo altair
    marimo edit docs/trends.py -- --snapshot WORKSPACE/warehouse.duckdb

It needs DuckDB and nothing of Sectorscope: views and macros are in the file.
"""

import marimo

app = marimo.App(width="medium", app_title="Themes over the years")


@app.cell
def _():
    import altair as alt
    import duckdb
    import marimo as mo

    path = mo.cli_args().get("snapshot") or "warehouse.duckdb"
    con = duckdb.connect(path, read_only=True)
    return alt, con, mo


@app.cell
def _(con, mo):
    labels = dict(con.execute("select label, theme from themes order by label").fetchall())
    theme = mo.ui.dropdown(labels, value=next(iter(labels)), label="Theme")
    grain = mo.ui.dropdown(["year", "quarter", "month"], value="year", label="By")
    mo.hstack([theme, grain], justify="start")
    return grain, theme


@app.cell
def _(alt, con, grain, mo, theme):
    points = con.execute("from theme_trend(?, ?)", [theme.value, grain.value]).to_arrow_table().to_pylist()
    chart = (
        alt.Chart(alt.Data(values=[{**p, "period_start": p["period_start"].isoformat()} for p in points]))
        .mark_line(point=True)
        .encode(
            x=alt.X("period_start:T", title=None),
            y=alt.Y("share:Q", title="Share of posts", axis=alt.Axis(format="%")),
            tooltip=["period:N", "posts:Q", "posts_with_hit:Q", alt.Tooltip("share:Q", format=".1%")],
        )
    )
    left_out = points[0]["left_out"] if points else 0
    mo.vstack([chart, mo.md(f"{sum(p['posts'] for p in points)} posts; {left_out} are dated too coarsely for this.")])
    return (points,)


@app.cell
def _(con, mo, theme):
    blogs = con.execute(
        "select blog, posts, posts_with_hit, round(share, 3) as share from theme_by_blog(?)", [theme.value]
    )
    mo.ui.table(blogs.to_arrow_table().to_pylist(), selection=None, label="By blog")
    return


if __name__ == "__main__":
    app.run()
