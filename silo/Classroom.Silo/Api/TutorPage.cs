using System.Globalization;
using Classroom.Silo.Auth;
using Classroom.Silo.Hosting;
using Classroom.Silo.Operator;
using Classroom.Storage;
using Classroom.Tutor;

namespace Classroom.Silo.Api;

/// <param name="Doing">unasked, answers, failing, paused, resting, wrong-key, wrong-model, no-quota, wrong-request.</param>
/// <param name="Seconds">Until it is asked again by itself, the longest of these silos; null: it is asked now.</param>
/// <param name="Silos">How many servers see it so.</param>
public sealed record ProviderState(string Doing, int? Seconds, int Silos);

/// <param name="Silo">Which server asked it.</param>
/// <param name="Fault">Null: it answered.</param>
public sealed record TrialCard(string Silo, DateTimeOffset At, string? Fault, int Milliseconds);

/// <summary>A configured provider, as all silos see it.</summary>
/// <param name="Settings">Its section: Tutor or Tutor:Second.</param>
/// <param name="States">What it does, by most silos first.</param>
/// <param name="Answers">That it gave today; null: unknown.</param>
/// <param name="LastAnswered">Null: unknown, since no silo that runs has seen one.</param>
/// <param name="Input">Tokens today; null: unknown.</param>
/// <param name="Cost">Of today's tokens; null: unknown, or no price is set.</param>
/// <param name="Currency">Null: no price is set.</param>
/// <param name="Trials">What came of the last <i>try now</i>.</param>
public sealed record ProviderCard(
    string Settings, string Host, string Model, ImmutableArray<ProviderState> States, long? Answers, DateTimeOffset? LastAnswered, string? LastFault, DateTimeOffset? LastFaultAt,
    long? Input, long? Output, decimal? Cost, string? Currency, ImmutableArray<TrialCard> Trials);

/// <summary>Answers of today by who gave them. The share of fallback is second and prepared, of all but nobody's.</summary>
/// <param name="Prepared">Prepared text that stood in for a model.</param>
/// <param name="Nobody">Calls that had no answer at all.</param>
/// <param name="Audit">That models gave to audits: no part of the others and of their share.</param>
public sealed record AnswersToday(long First, long Second, long Cache, long Prepared, long Nobody, long Audit);

/// <param name="Day">The installation's, in UTC: 2026-11-26.</param>
/// <param name="Answers">Null: unknown, while the database does not answer.</param>
/// <param name="Tokens">Of all providers, former ones too; null: unknown.</param>
public sealed record TutorCard(string Day, ImmutableArray<ProviderCard> Providers, AnswersToday? Answers, long? Tokens);

/// <summary>The tutor on the operator's page: who answers, what it cost, and <i>try now</i>.</summary>
public static class TutorPage
{

    public static void MapTutorPage(this WebApplication app) =>
        app.MapPost("/api/operator/tutor/try", TryAsync).Produces(204).Produces<ErrorBody>(409).RequireAuthorization(Policies.Admin);

    /// <param name="reports">Of the silos that run, by name.</param>
    /// <returns>Null: no model is configured.</returns>
    internal static async Task<TutorCard?> CardAsync(
        IEnumerable<(string Silo, ImmutableArray<ProviderReport> Providers)> reports, ModelOptions options, TutorDayStore days, DateTimeOffset now)
    {
        var configured = Prices.Providers(options).ToList();
        if (configured.Count == 0)
        {
            return null;
        }

        var day = GrainTokenBudget.DateOf(now);
        var counts = await OperatorPage.AskedAsync(async c => (ImmutableArray<TutorCount>?)await days.OfAsync(day, c));
        var seen = reports.SelectMany(r => r.Providers.IsDefaultOrEmpty ? [] : r.Providers.Select(p => (r.Silo, Report: p))).ToLookup(p => p.Report.Id, StringComparer.Ordinal);
        return new TutorCard(
            day, [.. configured.Select((p, i) => CardOf(i == 0 ? "Tutor" : "Tutor:Second", p.Settings, [.. seen[p.Id]], counts is null ? null : Of(counts.Value, p.Id)))],
            counts is not { } all ? null : new AnswersToday(
                At(all, 1), At(all, 2), Of(all, TutorTally.Cache).Answers, Of(all, TutorTally.Prepared).Answers, Of(all, TutorTally.Nobody).Answers, Of(all, TutorTally.Audit).Answers),
            counts?.Sum(c => c.Input + c.Output));
    }

    private static ProviderCard CardOf(string section, ProviderOptions settings, List<(string Silo, ProviderReport Report)> seen, TutorCount? today)
    {
        var fault = seen.Select(s => s.Report).Where(r => r.LastFaultAt is not null).MaxBy(r => r.LastFaultAt);
        return new ProviderCard(
            section, new Uri(settings.Endpoint!).Host, settings.Model!,
            [.. seen.GroupBy(s => s.Report.Doing, StringComparer.Ordinal).Select(g => new ProviderState(g.Key, g.Max(s => s.Report.Seconds), g.Count()))
                .OrderByDescending(s => s.Silos).ThenBy(s => s.Doing, StringComparer.Ordinal)],
            today?.Answers, seen.Max(s => s.Report.LastAnswered), fault?.LastFault, fault?.LastFaultAt, today?.Input, today?.Output,
            today is null ? null : settings.Price.Of(today.Input, today.Output), settings.Price.IsSet ? settings.Price.Currency : null,
            [.. seen.Where(s => s.Report.TriedAt is not null).OrderBy(s => s.Silo, StringComparer.Ordinal)
                .Select(s => new TrialCard(s.Silo, s.Report.TriedAt!.Value, s.Report.TryFault, s.Report.TryMilliseconds))]);
    }

    // Nothing counted is nothing given.
    private static TutorCount Of(ImmutableArray<TutorCount> all, string source) => all.FirstOrDefault(c => c.Source == source) ?? new TutorCount(source, 0, 0, 0);

    // Whoever was asked first or second today, whatever the settings say now.
    private static long At(ImmutableArray<TutorCount> all, int place) =>
        all.Where(c => c.Source.StartsWith(place.ToString(CultureInfo.InvariantCulture) + "/", StringComparison.Ordinal)).Sum(c => c.Answers);

    /// <summary>Every silo asks its providers for a word, past all pauses. Answers when this one has; the others follow within seconds.</summary>
    private static async Task<IResult> TryAsync(IGrainFactory grains, TutorTrials trials, TutorDesk tutor, ModelOptions limits, CancellationToken cancellationToken)
    {
        if (!tutor.HasModel)
        {
            return Errors.Of(StatusCodes.Status409Conflict, "no-ai");
        }

        var order = await OperatorPage.AskedAsync(async _ => await grains.GetGrain<IOperatorGrain>(0).Try());
        if (order is null)
        {
            // Without the others there is no order, and a press too many may ask too often.
            return Errors.Of(StatusCodes.Status503ServiceUnavailable, "try-again");
        }

        await trials.RunAsync(order.Id).WaitAsync(limits.AnswerWithin, cancellationToken);
        return Results.NoContent();
    }
}
