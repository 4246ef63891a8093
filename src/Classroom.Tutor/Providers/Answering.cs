namespace Classroom.Tutor;

/// <summary>What a stream of words came from, filled in while it comes.</summary>
public sealed class Answering
{
    public string Provider { get; internal set; } = "";

    public string Model { get; internal set; } = "";

    /// <summary>As <see cref="ProviderStatus.Id"/>; empty: nobody answered.</summary>
    public string Id { get; internal set; } = "";

    /// <summary>As the provider counted; 0 while it has not said.</summary>
    public int Tokens { get; internal set; }

    internal void Add(Answering next)
    {
        Provider = next.Provider.Length > 0 ? next.Provider : Provider;
        Model = next.Model.Length > 0 ? next.Model : Model;
        Id = next.Id.Length > 0 ? next.Id : Id;
        Tokens += next.Tokens;
    }
}
