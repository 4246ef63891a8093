using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Classroom.Tutor;

/// <summary>
/// The providers, one behind another. One that fails before its first word is followed by the next. Invariants: after the first word nothing is
/// asked again, so nothing is billed twice; nobody is asked before the time that it named.
/// </summary>
public sealed class Providers
{
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(50);
    private readonly ImmutableArray<Provider> _all;
    private readonly ModelOptions _limits;
    private readonly TimeProvider _time;

    public Providers(ModelOptions options, TimeProvider time, params ReadOnlySpan<(ProviderOptions Options, IChatClient Chat)> chats)
    {
        (_limits, _time) = (options, time);
        var all = ImmutableArray.CreateBuilder<Provider>();
        foreach (var (provider, chat) in chats)
        {
            all.Add(new Provider(all.Count + 1, provider, chat, options, time, (id, input, output) => Meter?.Used(id, input, output)));
        }

        _all = all.ToImmutable();
    }

    /// <summary>Counts what requests used.</summary>
    public IUsageMeter? Meter { get; init; }

    /// <summary>In the order of the settings.</summary>
    public ImmutableArray<ProviderStatus> Status => [.. _all.Select(p => p.Status)];

    /// <summary>The first provider's model: what a cached answer is of.</summary>
    public string Model => $"{_all[0].Name}/{_all[0].Model}";

    /// <exception cref="TutorException">All failed before the first word, or one broke off after it.</exception>
    public async IAsyncEnumerable<string> StreamAsync(
        IList<ChatMessage> messages, ChatOptions options, Answering answering, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (provider, opened) = await OpenAsync((messages, options), answering, cancellationToken);
        await using var stream = opened;
        do
        {
            yield return stream.Word;
        }
        while (await NextAsync(provider, stream));
    }

    /// <summary>Asks each provider for a word at the same time, past all pauses. Who answers is asked by everybody again.</summary>
    public async Task<ImmutableArray<ProviderTrial>> CheckAsync(CancellationToken cancellationToken) =>
        [.. await Task.WhenAll(_all.Select(p => CheckAsync(p, cancellationToken)))];

    private async Task<ProviderTrial> CheckAsync(Provider provider, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        try
        {
            await provider.CheckAsync(cancellationToken);
            return new ProviderTrial(provider.Id, null, _time.GetElapsedTime(began));
        }
        catch (TutorException e)
        {
            return new ProviderTrial(provider.Id, e, _time.GetElapsedTime(began));
        }
    }

    private static async Task<bool> NextAsync(Provider provider, WordStream stream)
    {
        try
        {
            var goesOn = await stream.NextAsync();
            if (!goesOn)
            {
                provider.Answered();
            }

            return goesOn;
        }
        catch (TutorException e)
        {
            provider.Failed(e);
            throw;
        }
    }

    private async Task<(Provider By, WordStream Stream)> OpenAsync((IList<ChatMessage> Messages, ChatOptions Options) asked, Answering answering, CancellationToken cancellationToken)
    {
        var fault = new TutorException();
        foreach (var provider in _all)
        {
            for (var attempt = 1; attempt <= 2; attempt++)
            {
                try
                {
                    // What the one before said of itself is not this one's.
                    answering.Model = "";
                    var stream = await provider.OpenAsync(asked, answering, cancellationToken);
                    (answering.Id, answering.Provider, answering.Model) = (provider.Id, provider.Name, answering.Model.Length > 0 ? answering.Model : provider.Model);
                    return (provider, stream);
                }
                catch (TutorException e)
                {
                    // That somebody would not answer says more than that another was away.
                    fault = fault.Code is "input-refused" or "input-too-long" or "answer-refused" && e.Code is not "answer-refused" ? fault : e;
                    if (attempt == 2 || e.RetryAfter is not { } after || after > _limits.WaitWhenBusy)
                    {
                        break;
                    }

                    await Task.Delay(after, _time, cancellationToken);
                    // A timer may ring a moment before the clock is there.
                    while (provider.Pause is { Ticks: > 0 } left && left < Early)
                    {
                        await Task.Delay(TimeSpan.FromMilliseconds(1), _time, cancellationToken);
                    }
                }
            }
        }

        throw fault;
    }
}
