using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Classroom.Tutor;

/// <summary>
/// The providers, one behind another. One that fails before its first word is followed by the next. Invariants: after the first word nothing is
/// asked again, so nothing is billed twice; nobody is asked before the time that it named.
/// </summary>
public sealed class Providers
{
    private readonly ImmutableArray<Provider> _all;
    private readonly ModelOptions _limits;
    private readonly TimeProvider _time;

    public Providers(ModelOptions options, TimeProvider time, params ReadOnlySpan<(ProviderOptions Options, IChatClient Chat)> chats)
    {
        (_limits, _time) = (options, time);
        var all = ImmutableArray.CreateBuilder<Provider>();
        foreach (var (provider, chat) in chats)
        {
            all.Add(new Provider(provider, chat, options, time));
        }

        _all = all.ToImmutable();
    }

    /// <summary>The first provider's model: what a cached answer is of.</summary>
    public string Model => $"{_all[0].Name}/{_all[0].Model}";

    /// <exception cref="TutorException">All failed before the first word, or one broke off after it.</exception>
    public async IAsyncEnumerable<string> StreamAsync(
        IList<ChatMessage> messages, ChatOptions options, Answering answering, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync((messages, options), answering, cancellationToken);
        do
        {
            yield return stream.Word;
        }
        while (await stream.NextAsync());
    }

    /// <summary>Asks each provider for a word, to see whether its settings are right. Null: it answers.</summary>
    public async Task<ImmutableArray<TutorException?>> CheckAsync(CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<TutorException?>();
        foreach (var provider in _all)
        {
            try
            {
                await provider.CheckAsync(cancellationToken);
                found.Add(null);
            }
            catch (TutorException e)
            {
                found.Add(e);
            }
        }

        return found.ToImmutable();
    }

    private async Task<WordStream> OpenAsync((IList<ChatMessage> Messages, ChatOptions Options) asked, Answering answering, CancellationToken cancellationToken)
    {
        var fault = new TutorException();
        foreach (var provider in _all)
        {
            for (var attempt = 1; attempt <= 2; attempt++)
            {
                try
                {
                    var stream = await provider.OpenAsync(asked, answering, cancellationToken);
                    (answering.Provider, answering.Model) = (provider.Name, answering.Model.Length > 0 ? answering.Model : provider.Model);
                    return stream;
                }
                catch (TutorException e)
                {
                    // That somebody would not answer says more than that another was away.
                    fault = fault.Code is "input-refused" or "answer-refused" && e.Code is not "answer-refused" ? fault : e;
                    if (attempt == 2 || e.RetryAfter is not { } after || after > _limits.WaitWhenBusy)
                    {
                        break;
                    }

                    await Task.Delay(after, _time, cancellationToken);
                }
            }
        }

        throw fault;
    }
}
