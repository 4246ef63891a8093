using System.Collections.Frozen;
using System.Reflection;

namespace Classroom.Tutor;

/// <summary>
/// One ability of the tutor that answers whole. A new one is a folder here with its request, its answer and a class that derives from this,
/// and its templates; it is found by the type of its request and registered by being there. It has no state: one object serves all.
/// </summary>
internal abstract class TutorAbility<TRequest, TAnswer> : ITutorAbility<TAnswer>
    where TRequest : class, ITutorRequest<TAnswer>
    where TAnswer : TutorAnswer
{
    public Type RequestType => typeof(TRequest);

    /// <summary>The model's answer. Everything around the call (names, budget, moderation) is done by a <see cref="ModelConversation"/>.</summary>
    protected abstract Task<TAnswer> AskModelAsync(TRequest request, ModelAccess model, CancellationToken cancellationToken);

    /// <summary>What the kit's author prepared. Without any: a <see cref="TutorException"/> with no-prepared-text.</summary>
    protected abstract Task<TAnswer> PreparedAsync(TRequest request, PreparedText text, CancellationToken cancellationToken);

    /// <summary>An answer that is given before anybody is asked, or null.</summary>
    protected virtual TAnswer? InsteadOfAsking(TRequest request) => null;

    /// <summary>An answer in place of the failure input-withheld, or null.</summary>
    protected virtual TAnswer? InsteadOfRefusing(TRequest request) => null;

    Task<TAnswer> ITutorAbility<TAnswer>.AskModelAsync(ITutorRequest<TAnswer> request, ModelAccess model, CancellationToken cancellationToken) =>
        AskModelAsync((TRequest)request, model, cancellationToken);

    Task<TAnswer> ITutorAbility<TAnswer>.PreparedAsync(ITutorRequest<TAnswer> request, PreparedText text, CancellationToken cancellationToken) =>
        PreparedAsync((TRequest)request, text, cancellationToken);

    TAnswer? ITutorAbility<TAnswer>.InsteadOfAsking(ITutorRequest<TAnswer> request) => InsteadOfAsking((TRequest)request);

    TAnswer? ITutorAbility<TAnswer>.InsteadOfRefusing(ITutorRequest<TAnswer> request) => InsteadOfRefusing((TRequest)request);
}

internal interface ITutorAbility
{
    Type RequestType { get; }
}

/// <summary>An ability as its callers see it: they know the answer's type, not the request's.</summary>
internal interface ITutorAbility<TAnswer> : ITutorAbility
    where TAnswer : TutorAnswer
{
    Task<TAnswer> AskModelAsync(ITutorRequest<TAnswer> request, ModelAccess model, CancellationToken cancellationToken);

    Task<TAnswer> PreparedAsync(ITutorRequest<TAnswer> request, PreparedText text, CancellationToken cancellationToken);

    TAnswer? InsteadOfAsking(ITutorRequest<TAnswer> request);

    TAnswer? InsteadOfRefusing(ITutorRequest<TAnswer> request);
}

/// <summary>Every ability of this assembly, by the type of its request.</summary>
internal static class TutorAbilities
{
    private static readonly FrozenDictionary<Type, ITutorAbility> All = Assembly.GetExecutingAssembly().GetTypes()
        .Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(ITutorAbility)))
        .Select(t => (ITutorAbility)Activator.CreateInstance(t)!)
        .ToFrozenDictionary(a => a.RequestType);

    public static ITutorAbility<TAnswer> Of<TAnswer>(ITutorRequest<TAnswer> request)
        where TAnswer : TutorAnswer => (ITutorAbility<TAnswer>)All[request.GetType()];
}
