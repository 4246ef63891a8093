namespace Classroom.Tutor.Audit;

/// <summary>The one style of the dossier: for a screen from 360 px, and for A4.</summary>
internal static class DossierStyle
{
    public const string Text = """

        :root{--ink:#10242c;--line:#d8d4c8;--ai:#5b3fa0}
        body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:1.5rem auto;padding:0 1rem;color:var(--ink);background:#fff}
        h1{font-size:1.8rem;line-height:1.2}h2{font-size:1.3rem;margin-top:2.2rem;border-top:2px solid var(--ink);padding-top:.6rem}h3{font-size:1.05rem;margin:1.2rem 0 .2rem}
        section{overflow-x:auto}
        table{border-collapse:collapse;width:100%;margin:.8rem 0 1.2rem}
        td,th{text-align:left;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top}
        .facts th{width:28%;font-weight:600}.n{font-variant-numeric:tabular-nums;white-space:nowrap}
        .cases{table-layout:fixed}.cases td{overflow-wrap:anywhere;white-space:pre-wrap;font-size:.9rem}
        .ok{color:#17603a;font-weight:600}.no{color:#a3271b;font-weight:600}.un{color:#56656b}
        code{font-size:.8rem;overflow-wrap:anywhere}small,.groups{color:#45545a;font-size:.9rem;margin:.2rem 0}
        [data-ai]{border-left:3px solid var(--line);padding-left:.5rem}[data-ai=model]{border-color:var(--ai)}
        .badge{display:inline-block;font-size:.75rem;border:1px solid currentColor;border-radius:1rem;padding:0 .5rem;white-space:nowrap}[data-ai=model] .badge{color:var(--ai)}
        summary{font-weight:600;cursor:pointer}
        @page{size:A4;margin:16mm 14mm}
        @media print{body{font-size:10pt;margin:0;padding:0;max-width:none}section{overflow:visible}h2,h3,summary{break-after:avoid}tr{break-inside:avoid}}

        """;
}
