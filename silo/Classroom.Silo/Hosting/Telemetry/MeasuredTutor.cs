using System.Diagnostics;
using System.Runtime.CompilerServices;
using Classroom.Silo.Operator;
using Classroom.Tutor;

namespace Classroom.Silo.Hosting.Telemetry;

/// <summary>The tutor, with a span for each call, its tokens, its failures, and how long an explanation's first piece took.</summary>
public sealed class MeasuredTutor(ITutor tutor, TutorHealth health, TutorTally tally) : ITutor
{
    public bool HasModel => tutor.HasModel;

    public async IAsyncEnumerable<TutorPiece> Explain(ExplainRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var span = Instruments.Source.StartActivity("tutor explain", ActivityKind.Client);
        var (began, first) = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
        await using var pieces = tutor.Explain(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(pieces, request.Call, span))
        {
            first = first == TimeSpan.Zero ? Stopwatch.GetElapsedTime(began) : first;
            if (pieces.Current.Provenance is { } source)
            {
                Instruments.FirstToken.Record(first.TotalSeconds, new KeyValuePair<string, object?>("provider", source.Provider));
                Count(request.Call, source);
            }

            yield return pieces.Current;
        }
    }

    public Task DiscardAsync(string text, CancellationToken cancellationToken) => tutor.DiscardAsync(text, cancellationToken);

    public async Task<TAnswer> Ask<TAnswer>(ITutorRequest<TAnswer> request, CancellationToken cancellationToken)
        where TAnswer : TutorAnswer
    {
        ArgumentNullException.ThrowIfNull(request);
        var ability = request.Call.Ability;
        using var span = Instruments.Source.StartActivity("tutor " + ability, ActivityKind.Client);
        try
        {
            var answer = await tutor.Ask(request, cancellationToken);
            Count(request.Call, answer.Provenance);
            return answer;
        }
        catch (TutorException e)
        {
            Failed(request.Call, e, span);
            throw;
        }
    }

    // Whose answer people read; null where AI was not wanted.
    private static string? SourceOf(TutorCall call, Provenance source) => !IsForPeople(call) ? null
        : source.IsPrepared ? source.Cause is null or "input-withheld" ? null : TutorTally.Prepared
        : source.Cached || call.AnsweredBy.Length == 0 ? TutorTally.Cache : call.AnsweredBy;

    private static bool IsForPeople(TutorCall call) => call.Ability != "danger";

    private async Task<bool> NextAsync(IAsyncEnumerator<TutorPiece> pieces, TutorCall call, Activity? span)
    {
        try
        {
            return await pieces.MoveNextAsync();
        }
        catch (TutorException e)
        {
            Failed(call, e, span);
            throw;
        }
    }

    private void Count(TutorCall call, Provenance source)
    {
        health.Answered(source);
        if (SourceOf(call, source) is { } by)
        {
            tally.Answered(by);
        }

        Instruments.Tokens.Add(
            source.Tokens, new KeyValuePair<string, object?>("ability", call.Ability), new KeyValuePair<string, object?>("provider", source.Provider));
    }

    private void Failed(TutorCall call, TutorException e, Activity? span)
    {
        health.Failed(e.Code);
        // What was stopped or withheld on purpose, or never was to be asked, is no answer that is missing.
        if (HasModel && IsForPeople(call) && e.Code is not ("tutor-stopped" or "input-withheld" or "no-ai" or "no-prepared-text"))
        {
            tally.Answered(TutorTally.Nobody);
        }

        span?.SetStatus(ActivityStatusCode.Error, e.Code);
        Instruments.TutorFailures.Add(
            1, new KeyValuePair<string, object?>("ability", call.Ability), new KeyValuePair<string, object?>("code", e.Code));
    }
}
