using System.Text;

namespace Classroom.Tutor.Tests;

/// <summary>A server that speaks the protocol, a second one, and the model tutor that asks them.</summary>
public abstract class ModelServers : IAsyncLifetime
{
    protected ProtocolServer Server { get; private set; } = null!;

    protected ProtocolServer Second { get; private set; } = null!;

    public async Task InitializeAsync() => (Server, Second) = (await ProtocolServer.StartAsync(), await ProtocolServer.StartAsync());

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        await Second.DisposeAsync();
    }

    internal ModelTutor Tutor(
        Action<ModelOptions>? change = null, ITokenBudget? budget = null, AnswerCache? cache = null, TimeProvider? time = null, IUsageMeter? meter = null)
    {
        var options = Sample.OptionsFor(Server.Endpoint);
        change?.Invoke(options);
        return ModelTutor.Create(options, budget ?? new NoBudget(), cache, time ?? TimeProvider.System, meter: meter);
    }

    protected void WithSecond(ModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Second = new ProviderOptions { Endpoint = Second.Endpoint, Model = "local-model" };
    }

    internal async Task<(string Text, List<int> Ends, Provenance? Provenance, TutorException? Fault)> ExplainAsync(ITutor tutor, ExplainRequest request)
    {
        var (text, ends, provenance) = (new StringBuilder(), new List<int>(), default(Provenance));
        try
        {
            await foreach (var piece in tutor.Explain(request, default))
            {
                text.Append(piece.Text);
                ends.AddRange(piece.Ends);
                provenance = piece.Provenance ?? provenance;
                Server.HasRead.TrySetResult();
            }
        }
        catch (TutorException e)
        {
            return (text.ToString(), ends, provenance, e);
        }

        return (text.ToString(), ends, provenance, null);
    }
}
