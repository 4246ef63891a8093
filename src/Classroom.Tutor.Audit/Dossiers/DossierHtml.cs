using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Classroom.Tutor.Audit;

/// <summary>The dossier for a reader, in one file without a script. It is made of the dossier alone: the same dossier gives the same bytes.</summary>
public sealed class DossierHtml
{
    /// <summary>Of one check; the others stand in the JSON.</summary>
    private const int MostCases = 150;
    private readonly StringBuilder _page = new();
    private readonly Dossier _dossier;
    private readonly DossierWords _w;
    private readonly string _language;

    private DossierHtml(Dossier dossier, Language language) =>
        (_dossier, _w, _language) = (dossier, DossierWords.In(language), language.ToString().ToLowerInvariant());

    /// <summary>What a browser may do with the page: show it, with the one style that stands in it.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(DossierStyle.Text)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

    public static string NameOf(Language language) => $"dossier.{language.ToString().ToLowerInvariant()}.html";

    public static byte[] Of(Dossier dossier, Language language)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        return Encoding.UTF8.GetBytes(new DossierHtml(dossier, language).Page());
    }

    private string Page()
    {
        Add($"<!doctype html>\n<html lang=\"{_language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{W("title")}</title><style>{DossierStyle.Text}</style></head><body>\n");
        Add($"<header><h1>{W("title")}</h1><p>{W("intro")}</p></header>\n");
        Head();
        Summary();
        CheckRule.Parts.ToList().ForEach(Part);
        Sets();
        Add($"<section><h2>{W("limits-title")}</h2><ul>");
        for (var i = 1; _w.Has($"limit.{i}"); i++)
        {
            Add($"<li>{W($"limit.{i}")}</li>");
        }

        return _page.Append("</ul></section>\n</body></html>\n").ToString();
    }

    private void Head()
    {
        var models = _dossier.Models.IsEmpty ? W("no-model") : string.Join("<br>", _dossier.Models.Select(m => $"{E(m.Model)} ({E(m.Host)}), {E(_w.Of("answered-by", _w.Number(m.Answered, 0)))}"));
        Add($"<table class=\"facts\"><tr><th>{W("made")}<td>{_dossier.At.UtcDateTime.ToString("dd.MM.yyyy HH:mm", CultureInfo.InvariantCulture)} UTC");
        Add($"<tr><th>{W("version")}<td>{E(_dossier.Version.Split('+')[0])} · {E(_dossier.Format)}<tr><th>{W("model")}<td>{models}");
        Add($"<tr><th>{W("lasted")}<td>{E(_w.Of("minutes", _w.Number(_dossier.Seconds / 60, 1)))}<tr><th>{W("requests")}<td>{_w.Number(_dossier.Requests, 0)}<tr><th>{W("tokens")}<td>{_w.Number(_dossier.Tokens, 0)}");
        Add($"<tr><th>{W("key")}<td><code>{E(_dossier.Fingerprint)}</code><br>{W("key-what")}<br>{W("verify")}<br><code>{E(DossierSigner.OpenSsl)}</code></table>\n");
    }

    private void Summary()
    {
        Add($"<section><h2>{W("summary")}</h2><p>{E(_w.Of("summary-count", _dossier.Checks.Count(c => c.Holds == true), _dossier.Checks.Count(c => c.Holds == false), _dossier.Checks.Count(c => c.Holds is null)))}</p>");
        foreach (var (title, holds) in new[] { ("not-holding", (bool?)false), ("not-asked-title", null) })
        {
            var some = _dossier.Checks.Where(c => c.Holds == holds).ToList();
            if (some.Count > 0)
            {
                Add($"<h3>{W(title)}</h3><ul>{string.Concat(some.Select(c => $"<li>{W("check." + c.Id)}{(c.Figure is { } f ? $": {_w.Value(c.Rule, f)} ({Limit(c)})" : "")}</li>"))}</ul>");
            }
            else if (holds == false)
            {
                Add($"<p>{W("nothing-fails")}</p>");
            }
        }

        Add("</section>\n");
    }

    private void Part(string part)
    {
        var checks = _dossier.Checks.Where(c => c.Part == part).ToList();
        Add($"<section><h2>{W("part." + part)}</h2><p><b>{W("asked-title")}.</b> {W($"part.{part}.asked")}</p><p><b>{W("judged-title")}.</b> {W($"part.{part}.judged")}</p>");
        Add($"<table><tr><th>{W("check")}<th>{W("figure")}<th>{W("interval")}<th>{W("limit")}<th>{W("count")}<th>{W("verdict")}</tr>");
        foreach (var c in checks)
        {
            var interval = c is { Low: { } low, High: { } high, Rule: FigureOf.Held or FigureOf.Failed } ? $"{_w.Number(low * 100, 1)}–{_w.Value(c.Rule, high)}" : "";
            Add($"<tr><td>{W("check." + c.Id)}<td class=\"n\">{(c.Figure is { } f ? _w.Value(c.Rule, f) : "–")}<td class=\"n\">{interval}<td class=\"n\">{Limit(c)}<td class=\"n\">{_w.Number(c.Asked, 0)}"
                + $"<td class=\"{(c.Holds switch { true => "ok", false => "no", null => "un" })}\">{W(c.Holds switch { true => "holds", false => "fails", null => "not-asked" })}</tr>");
        }

        Add("</table>");
        if (part == "security")
        {
            Addresses();
        }

        checks.Where(c => c.Asked > 0).ToList().ForEach(Groups);
        checks.Where(c => c.Failed > 0 && c.Id != "egress").ToList().ForEach(Failed);
        Add("</section>\n");
    }

    private void Addresses()
    {
        var seen = _dossier.Cases.Where(c => c.Set == "egress" && c.Kind != EgressWatch.Watched).ToList();
        if (!_dossier.IsEgressWatched || seen.Count == 0)
        {
            Add($"<p>{W(_dossier.IsEgressWatched ? "no-addresses" : "not-watched")}</p>");
            return;
        }

        Add($"<table><tr><th>{W("address")}<th>{W("role")}</tr>{string.Concat(seen.Select(c => $"<tr><td><code>{E(c.Text)}</code><td class=\"{(c.By is null ? "no" : "ok")}\">{(c.By is { } role ? E(Named("role", role)) : W("unknown-role"))}</tr>"))}</table>");
    }

    private void Groups(Check check)
    {
        var groups = _dossier.Groups.Where(g => g.Check == check.Id).GroupBy(g => g.By).Where(g => g.Count() > 1).ToList();
        if (groups.Count == 0)
        {
            return;
        }

        Add($"<h3>{W("check." + check.Id)}</h3>");
        foreach (var by in groups)
        {
            Add($"<p class=\"groups\"><b>{W("by." + by.Key)}:</b> {string.Join("; ", by.Select(g => $"{E(Named(by.Key, g.Value))}\u00a0{(check.Rule == FigureOf.Held ? g.Held : g.Failed)}/{g.Held + g.Failed}"))}</p>");
        }
    }

    private void Failed(Check check)
    {
        var failed = _dossier.Cases.Where(c => (c.Tallies.TryGetValue(check.Id, out var t) && t.Failed > 0) || (c.Measures.TryGetValue(check.Id, out var m) && m.Any(v => v > check.Limit))).ToList();
        Add($"<details open><summary>{E(_w.Of("failed-title", $"{_w["check." + check.Id]}, {failed.Count}"))}</summary>");
        if (failed.Count > MostCases)
        {
            Add($"<p>{E(_w.Of("failed-more", MostCases, failed.Count))}</p>");
        }

        Add($"<table class=\"cases\"><tr><th>{W("text")}<th>{W("shown")}<th>{W("said")}</tr>");
        failed.Take(MostCases).ToList().ForEach(c => Add($"<tr><td><small>{E(c.Id)} {E(Named("kind", c.Kind))}</small><br>{E(c.Text)}<td>{Shown(c)}<td>{Said(c)}</tr>"));
        Add("</table></details>");
    }

    private string Shown(CaseResult one) => one.Shown is not { Length: > 0 } shown ? one.Failure is { } failure ? E(_w.Of("nothing-shown", Named("failure", failure))) : "–"
        : one.Set == "names" ? E(shown) : Ai(shown, isPrepared: one.Set == "prepared");

    private string Said(CaseResult one) => one.Set is "names" or "prepared" ? E(one.Said ?? "") : one.Said is { Length: > 0 } said ? Ai(said, false) : one.Shown is { Length: > 0 } ? W("same") : "–";

    // As on every screen: a visible badge, and a mark that a machine reads.
    private string Ai(string text, bool isPrepared) =>
        $"<div data-ai=\"{(isPrepared ? "prepared" : "model")}\"><span class=\"badge\">{W(isPrepared ? "prepared-text" : "ai")}</span> {E(text)}</div>";

    private void Sets()
    {
        Add($"<section><h2>{W("sets-title")}</h2><table><tr><th>{W("set")}<th>{W("cases")}<th>{W("sha")}</tr>");
        _dossier.Sets.ToList().ForEach(s => Add($"<tr><td>{E(Named("set", s.Name))}<td class=\"n\">{_w.Number(s.Cases, 0)}<td><code>{string.Join("<br>", s.Files.Select(f => $"{E(f.Key)} {E(f.Value)}"))}</code></tr>"));
        Add("</table></section>\n");
    }

    // A code by its name in the page's language; what has none (a grade, a code of another version) as it is.
    private string Named(string side, string code) =>
        new[] { (side == "language" ? "lang." : side + ".") + code, "lang." + code }.FirstOrDefault(_w.Has) is { } key ? _w[key] : code.TrimStart('0');

    private string Limit(Check check) => E(_w.Of(check.Rule == FigureOf.Held ? "at-least" : "at-most", _w.Value(check.Rule, check.Limit)));

    private void Add(string html) => _page.Append(html);

    private string W(string key) => E(_w[key]);

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
