using System.Runtime.CompilerServices;

namespace Classroom.Tutor;

/// <summary>
/// Chooses for each request: the model when there is one and the teacher left AI on, else what the author prepared. When the model fails
/// before its first sentence is shown, prepared text stands in if there is some, and says why it does.
/// </summary>
public sealed class TutorDesk(PreparedTutor prepared, ModelTutor? model) : ITutor
{
    public bool HasModel => model is not null;

    /// <summary>As <see cref="ModelTutor.Status"/>; nothing without a model.</summary>
    public ImmutableArray<ProviderStatus> Providers => model?.Status ?? [];

    /// <summary>As <see cref="ModelTutor.CheckAsync"/>; nothing without a model.</summary>
    public Task<ImmutableArray<ProviderTrial>> CheckAsync(CancellationToken cancellationToken) =>
        model?.CheckAsync(cancellationToken) ?? Task.FromResult<ImmutableArray<ProviderTrial>>([]);

    public async IAsyncEnumerable<TutorPiece> Explain(ExplainRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        TutorException? fault = null;
        // One text has one label: whoever began it goes on.
        var began = request.Start?.From;
        if (began is { IsPrepared: false } && !(HasModel && request.Order.AiOn))
        {
            throw new TutorException("no-ai");
        }

        if (model is not null && request.Order.AiOn && began is not { IsPrepared: true })
        {
            await using var words = model.Explain(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
            for (var isFirst = true; ; isFirst = false)
            {
                try
                {
                    if (!await words.MoveNextAsync())
                    {
                        yield break;
                    }
                }
                catch (TutorException e) when (isFirst && request.Start is null && !IsOnPurpose(e))
                {
                    fault = e;
                    break;
                }

                yield return words.Current;
            }
        }

        await using var pieces = prepared.Explain(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await pieces.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (TutorException e) when (fault is not null && e.Code == "no-prepared-text")
            {
                // The model's own failure says more than that nothing is prepared.
                throw fault;
            }

            yield return fault is null ? pieces.Current
                : pieces.Current with { From = InsteadOf(fault, pieces.Current.From), Provenance = InsteadOf(fault, pieces.Current.Provenance) };
        }
    }

    public Task DiscardAsync(string text, CancellationToken cancellationToken) => model?.DiscardAsync(text, cancellationToken) ?? Task.CompletedTask;

    public async Task<TAnswer> Ask<TAnswer>(ITutorRequest<TAnswer> request, CancellationToken cancellationToken)
        where TAnswer : TutorAnswer
    {
        ArgumentNullException.ThrowIfNull(request);
        var ability = TutorAbilities.Of(request);
        if (ability.InsteadOfAsking(request) is { } early)
        {
            return early;
        }

        if (model is null || !request.AiOn)
        {
            return await prepared.Ask(request, cancellationToken);
        }

        try
        {
            return await model.Ask(request, cancellationToken);
        }
        catch (TutorException e) when (e.Code == "input-withheld" && ability.InsteadOfRefusing(request) is not null)
        {
            return ability.InsteadOfRefusing(request)!;
        }
        catch (TutorException fault) when (!IsOnPurpose(fault))
        {
            try
            {
                var answer = await prepared.Ask(request, cancellationToken);
                return (TAnswer)(answer with { Provenance = InsteadOf(fault, answer.Provenance)! });
            }
            catch (TutorException e) when (e.Code == "no-prepared-text")
            {
                throw fault;
            }
        }
    }

    // What the model used is counted, though nothing of it was shown.
    private static Provenance? InsteadOf(TutorException fault, Provenance? prepared) => prepared is null ? null : prepared with { Cause = fault.Code, Tokens = fault.Tokens, AgainInSeconds = fault.RetryAfter is { } after ? (int)Math.Ceiling(after.TotalSeconds) : null };

    // It is not worked around.
    private static bool IsOnPurpose(TutorException e) => e.Code is "input-withheld" or "tutor-stopped";
}
