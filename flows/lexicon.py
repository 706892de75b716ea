"""The themes of themes.toml, and their counts: within a run, and when figures are asked for after they were changed."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

from flows.workspace import Workspace

if TYPE_CHECKING:
    from analysis.themes import Lexicon
    from warehouse.store import Store


def lexicon_of(workspace: Workspace) -> Lexicon:
    """The workspace's theme lexicon. Raises ThemesBroken, naming the line that is wrong."""
    from analysis.themes import compile_themes

    return compile_themes(workspace.themes_file, reads_lemmas=True)  # the warehouse's tokens have them


def count_themes(store: Store, lexicon: Lexicon) -> None:
    """Count the lexicon in every post that it was not yet counted in, over the stored tokens: no text is read again."""
    from analysis.coded_lexicon import CodedLexicon

    store.count_themes(CodedLexicon(lexicon), labels(lexicon))


def labels(lexicon: Lexicon) -> dict[str, str]:
    """What readers call each theme."""
    return {theme.key: theme.label for theme in lexicon.themes}


def counted_lexicon_of(workspace: Workspace) -> Lexicon:
    """The workspace's lexicon, after its themes were counted in the published posts.

    Where themes.toml was changed since, the themes that count otherwise now are counted here, and the same posts published with
    the new counts. Raises ThemesBroken, and WarehouseBusy where that is to be done while a run is at work.
    """
    import warehouse
    from warehouse.query import counted_lexicon
    from warehouse.recount import recount
    from warehouse.store import Store

    lexicon = lexicon_of(workspace)
    with warehouse.open(workspace.warehouse) as snapshot:
        stored = counted_lexicon(snapshot)
    if stored in {None, lexicon.digest}:
        return lexicon
    from analysis.coded_lexicon import CodedLexicon

    print("themes.toml was changed: its themes are counted anew", file=sys.stderr)
    # The working database is held open so that nobody publishes meanwhile.
    with Store(workspace.working) if workspace.working.exists() else nullcontext():
        recount(workspace.warehouse, CodedLexicon(lexicon), labels(lexicon))
    return lexicon
