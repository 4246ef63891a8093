namespace Classroom.Tutor;

/// <summary>Counts what requests used, also those whose answer was none. Called once a request, when it is over.</summary>
public interface IUsageMeter
{
    /// <param name="provider">As <see cref="ProviderStatus.Id"/>.</param>
    /// <param name="input">In tokens: as the provider said, or a cautious guess.</param>
    /// <param name="output">In tokens.</param>
    void Used(string provider, int input, int output);
}
