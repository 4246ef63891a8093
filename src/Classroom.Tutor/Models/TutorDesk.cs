using System.Runtime.CompilerServices;

namespace Classroom.Tutor;

/// <summary>
/// Chooses for each request: the model when there is one and the teacher left AI on, else what the author prepared. When the model fails
/// before its first word, prepared text stands in if there is some, and says why it does.
/// </summary>
public sealed class TutorDesk(PreparedTutor prepared, ModelTutor? model) : ITutor
{
    public bool HasModel => model is not null;

    public async IAsyncEnumerable<TutorPiece> Explain(ExplainRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        TutorException? fault = null;
        if (model is not null && request.Order.AiOn)
        {
            await using var words = model.Explain(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
            for (var began = false; ; began = true)
            {
                try
                {
                    if (!await words.MoveNextAsync())
                    {
                        yield break;
                    }
                }
                catch (TutorException e) when (!began && request.Start is null && StandsIn(e))
                {
                    fault = e;
                    break;
                }

                yield return words.Current;
            }
        }

        await using var told = prepared.Explain(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await told.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (TutorException e) when (fault is not null && e.Code == "no-prepared-text")
            {
                // The model's own failure says more than that nothing is prepared.
                throw fault;
            }

            yield return told.Current with { Provenance = Because(told.Current.Provenance, fault) };
        }
    }

    public Task<PromptsDraft> ProposePrompts(PromptsRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ElseAsync(request.AiOn, t => t.ProposePrompts(request, cancellationToken), (d, e) => d with { Provenance = Because(d.Provenance, e)! });
    }

    public Task<FeedbackDraft> DraftFeedback(FeedbackRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ElseAsync(request.AiOn, t => t.DraftFeedback(request, cancellationToken), (d, e) => d with { Provenance = Because(d.Provenance, e)! });
    }

    public Task<CoachAnswer> Answer(CoachRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return LocalRules.Find(request.Question) is { } category
            ? Task.FromResult(Withheld(request, category)) : AnswerAsync(request, cancellationToken);
    }

    private async Task<CoachAnswer> AnswerAsync(CoachRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await ElseAsync(
                request.AiOn, t => t.Answer(request, cancellationToken), (d, e) => d with { Provenance = Because(d.Provenance, e)! });
        }
        catch (TutorException e) when (e.Code == "input-withheld")
        {
            return Withheld(request, request.Call.Flags.Contains("distress") ? "distress" : "unsafe", known: true);
        }
    }

    // A child in distress gets words of care and a person who knows of it, never a model's improvisation.
    private static CoachAnswer Withheld(CoachRequest request, string category, bool known = false)
    {
        if (!known)
        {
            request.Call.Incident("input-withheld", category);
        }

        request.Call.Flag(category == "distress" ? "distress" : "unsafe");
        var section = category == "distress" ? "care" : "withheld";
        return new CoachAnswer(
            Template.Line("coach", request.Language, section), [.. request.Call.Flags],
            new Provenance(Provenance.PreparedProvider, "ortaq", Template.Of("coach", request.Language).Id, 0, 0, false, "input-withheld"));
    }

    private async Task<T> ElseAsync<T>(bool aiOn, Func<ITutor, Task<T>> ask, Func<T, TutorException, T> because)
    {
        if (model is null || !aiOn)
        {
            return await ask(prepared);
        }

        try
        {
            return await ask(model);
        }
        catch (TutorException fault) when (StandsIn(fault))
        {
            try
            {
                return because(await ask(prepared), fault);
            }
            catch (TutorException e) when (e.Code == "no-prepared-text")
            {
                throw fault;
            }
        }
    }

    // What was withheld on purpose is not worked around; what was cut after words were paid for is the teacher's to retry.
    private static bool StandsIn(TutorException e) => e.Code is not ("input-withheld" or "tutor-stopped") && e.Tokens == 0;

    private static Provenance? Because(Provenance? source, TutorException? fault) => fault is null ? source : source is null ? null : source with { Cause = fault.Code };
}
