using System.Diagnostics;
using System.Runtime.CompilerServices;
using Classroom.Silo.Operator;
using Classroom.Tutor;

namespace Classroom.Silo.Hosting.Telemetry;

/// <summary>The tutor, with a span for each call, its tokens, its failures, and how long an explanation's first piece took.</summary>
public sealed class MeasuredTutor(ITutor tutor, TutorHealth health) : ITutor
{
    public bool HasModel => tutor.HasModel;

    public async IAsyncEnumerable<TutorPiece> Explain(ExplainRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var span = Instruments.Source.StartActivity("tutor explain", ActivityKind.Client);
        var (began, first) = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
        await using var pieces = tutor.Explain(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(pieces, span))
        {
            first = first == TimeSpan.Zero ? Stopwatch.GetElapsedTime(began) : first;
            if (pieces.Current.Provenance is { } source)
            {
                Instruments.FirstToken.Record(first.TotalSeconds, new KeyValuePair<string, object?>("provider", source.Provider));
                Count("explain", source);
            }

            yield return pieces.Current;
        }
    }

    public async Task<TAnswer> Ask<TAnswer>(ITutorRequest<TAnswer> request, CancellationToken cancellationToken)
        where TAnswer : TutorAnswer
    {
        ArgumentNullException.ThrowIfNull(request);
        var ability = request.Call.Ability;
        using var span = Instruments.Source.StartActivity("tutor " + ability, ActivityKind.Client);
        try
        {
            var answer = await tutor.Ask(request, cancellationToken);
            Count(ability, answer.Provenance);
            return answer;
        }
        catch (TutorException e)
        {
            Failed(ability, e, span);
            throw;
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<TutorPiece> pieces, Activity? span)
    {
        try
        {
            return await pieces.MoveNextAsync();
        }
        catch (TutorException e)
        {
            Failed("explain", e, span);
            throw;
        }
    }

    private void Count(string ability, Provenance source)
    {
        health.Answered(source);
        Instruments.Tokens.Add(
            source.Tokens, new KeyValuePair<string, object?>("ability", ability), new KeyValuePair<string, object?>("provider", source.Provider));
    }

    private void Failed(string ability, TutorException e, Activity? span)
    {
        health.Failed(e.Code);
        span?.SetStatus(ActivityStatusCode.Error, e.Code);
        Instruments.TutorFailures.Add(
            1, new KeyValuePair<string, object?>("ability", ability), new KeyValuePair<string, object?>("code", e.Code));
    }
}
