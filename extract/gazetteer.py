"""Who is who in the voluntary sector: names that a general language model does not know, each with its other names.

A line is a name, then what else it is called. The label of a table goes with all of its lines. Short forms and names that
are also everyday words ("Mind", "Shelter") stand in `WORDS_TOO`: they say what a found name is, but find none by themselves.
Facts, from general knowledge; mended like any heuristic, when a post shows one wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

# Charities, their umbrella bodies, funders and research centres; departments, regulators, parliaments; parties and unions.
ORGANISATIONS = """
National Council for Voluntary Organisations | NCVO
Scottish Council for Voluntary Organisations | SCVO
Wales Council for Voluntary Action | WCVA
Northern Ireland Council for Voluntary Action | NICVA
National Association for Voluntary and Community Action | NAVCA
Association of Chief Executives of Voluntary Organisations | ACEVO
Directory of Social Change
Institute for Voluntary Action Research | IVAR
Voluntary Sector Studies Network | VSSN
Third Sector Research Centre | TSRC
New Philanthropy Capital
Centre for Social Justice
Association of Charitable Foundations
Charities Aid Foundation
Small Charities Coalition
Foundation for Social Improvement
Social Enterprise UK
Social Enterprise Coalition
Community Development Foundation
UK Community Foundations
Volunteering England
Volunteer Scotland
Volunteer Now
Clinks
Children England
Charity Finance Group
Institute of Fundraising
Chartered Institute of Fundraising
Fundraising Regulator
Fundraising Standards Board
Charity Commission | Charity Commission for England and Wales
Charity Commission for Northern Ireland
Office of the Scottish Charity Regulator | OSCR
Citizens Advice | Citizens Advice Bureau
Age UK
Age Concern
Help the Aged
Save the Children
British Red Cross
Cancer Research UK
Macmillan Cancer Support
Marie Curie
British Heart Foundation
Barnardo's
Barnardo’s
NSPCC | National Society for the Prevention of Cruelty to Children
RSPCA
RSPB | Royal Society for the Protection of Birds
RNLI | Royal National Lifeboat Institution
RNIB | Royal National Institute of Blind People
National Trust
Christian Aid
Action for Children
The Children's Society
Salvation Army
St John Ambulance
Trussell Trust
Joseph Rowntree Foundation | JRF
Joseph Rowntree Charitable Trust
Lloyds Bank Foundation | Lloyds Bank Foundation for England and Wales | Lloyds TSB Foundation
Esmée Fairbairn Foundation
Paul Hamlyn Foundation
Barrow Cadbury Trust
Tudor Trust
Garfield Weston Foundation
Big Lottery Fund
National Lottery Community Fund
Heritage Lottery Fund
Community Fund
Power to Change
Big Society Capital
Comic Relief
Children in Need
Wellcome Trust
Carnegie UK Trust
Nuffield Foundation
Nesta
Young Foundation
Local Trust
Locality
Groundwork UK
Community Foundation for Tyne and Wear
King's Fund | The King's Fund
Institute for Fiscal Studies
Institute for Government
Institute for Public Policy Research | IPPR
Resolution Foundation
New Economics Foundation
Policy Exchange
Demos
Fabian Society
Office for Civil Society
Office of the Third Sector
Cabinet Office
Home Office
HM Treasury
HM Revenue and Customs | HMRC
Department for Work and Pensions | DWP
Department for Education
Department of Health | Department of Health and Social Care
Department for Digital, Culture, Media and Sport | Department for Culture, Media and Sport | DCMS
Department for Communities and Local Government | DCLG
Ministry of Housing, Communities and Local Government | MHCLG
Ministry of Justice
Department for International Development | DFID
Department for Environment, Food and Rural Affairs | DEFRA | Defra
Office for National Statistics
Office for Budget Responsibility
National Audit Office
Public Accounts Committee
Local Government Association
Care Quality Commission | CQC
Ofsted
Ofcom
House of Commons
House of Lords
Scottish Government
Scottish Parliament
Welsh Government
Welsh Assembly | National Assembly for Wales
Senedd
Northern Ireland Executive
Northern Ireland Assembly
Greater London Authority
European Commission
European Parliament
European Union
European Social Fund
United Nations
World Bank
World Health Organization | World Health Organisation
Labour Party | Labour
New Labour
Conservative Party | Conservatives
Liberal Democrats | Lib Dems | Lib Dem
Scottish National Party | SNP
Green Party
Plaid Cymru
Sinn Féin
Fianna Fáil
Fine Gael
UKIP | UK Independence Party
Trades Union Congress
UNISON | Unison
Unite the Union
National Union of Students
Open University | The Open University
"""

# Policies and funding programmes: neither organisations nor laws.
PROGRAMMES = """
Big Society
Third Way
Universal Credit
Sure Start
New Deal for Communities
Futurebuilders
ChangeUp
Capacitybuilders
Transforming Rehabilitation
Work Programme
National Citizen Service | NCS
Troubled Families
Building Better Opportunities
Big Local
Localism Agenda
Levelling Up
Every Child Matters
Gift Aid
Coronavirus Job Retention Scheme
Supporting People
Neighbourhood Renewal Fund
"""

# What these words name where a reader has found that they name something; None: nothing.
WORDS_TOO: Mapping[str, str | None] = {
    **dict.fromkeys(
        ["Mind", "Shelter", "Crisis", "Scope", "Refuge", "Relate", "Sense", "Turn2us", "Oxfam", "Mencap", "Clic Sargent", "Samaritans", "Guardian", "Independent", "Observer", "Twitter", "Facebook", "Google", "YouTube", "LinkedIn", "Instagram", "WhatsApp", "Wikipedia", "Flickr", "Microsoft", "Yahoo", "Amazon", "Apple", "BBC", "ITV", "NHS", "Senate", "Congress", "Parliament", "Treasury", "Commons", "Lords", "Labour", "Unite"],
        "ORG",
    ),
    **dict.fromkeys(["White House", "Downing Street", "Whitehall", "Holyrood", "Stormont", "Gaza Strip"], "FAC"),
    **dict.fromkeys(["UK", "U.K.", "US", "U.S.", "USA", "D.C.", "NI", "N.Ireland"], "GPE"),
    "Brexit": "EVENT",
    # diseases, degrees, file types, and what blogs say around a post, name nobody
    **dict.fromkeys(
        ["Covid", "COVID", "Covid-19", "COVID-19", "Covid 19", "Coronavirus", "PhD", "MSc", "BSc", "MBA", "PDF", "Email", "E-mail", "Reply", "Weblog", "Blog", "Excerpt", "Laughter", "Applause", "Permalink", "Comments", "Tweet", "Website", "Webinar", "Podcast", "Newsletter", "FAQ", "RSS", "Continue", "Home", "Admin", "Wtf", "Lol", "Hahaha"]
    ),
}  # fmt: skip


def _read(table: str) -> dict[str, str]:
    """Every name of a table, and the name its line begins with."""
    names = {}
    for line in table.strip().splitlines():
        first, *others = (name.strip() for name in line.split("|"))
        names.update(dict.fromkeys([first, *others], first.removeprefix("The ")))
    return names


_NAMES = {
    **{n: (c, "ORG") for n, c in _read(ORGANISATIONS).items()},
    **{n: (c, "PROGRAMME") for n, c in _read(PROGRAMMES).items()},
}
# A name that is one everyday word is not looked for in the text: "Demos", "Locality" open sentences too.
_SURE = [name for name in _NAMES if " " in name or sum(c.isupper() for c in name) >= 3]
_SURE_NAMES = re.compile(
    r"(?<![\w-])(?:" + "|".join(re.escape(name).replace("'", "['’]") for name in sorted(_SURE, key=len, reverse=True)) + r")(?![\w-])"
)  # fmt: skip


def known_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """The spans of the sector's names in ``text`` and their labels; where one holds another, the longer."""
    for found in _SURE_NAMES.finditer(text):
        start = found.start() + (4 if found[0].startswith("The ") else 0)
        yield start, found.end(), label_of(found[0]) or "ORG"


def label_of(name: str, otherwise: str | None = None) -> str | None:
    """The label of a name that the sector knows; ``otherwise`` if it does not, None if the word names nobody."""
    if (known := _NAMES.get(name)) is not None:
        return known[1]
    return WORDS_TOO.get(name, otherwise)


def full_name(name: str) -> str | None:
    """What ``name`` is short for, as far as the whole sector knows: "NCVO" is the National Council for Voluntary …."""
    known = _NAMES.get(name)
    return known[0] if known is not None else None
