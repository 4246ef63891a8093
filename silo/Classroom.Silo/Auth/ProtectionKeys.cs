using System.Xml.Linq;
using Classroom.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Classroom.Silo.Auth;

/// <summary>Data Protection's keys in the database: tickets and cookies survive a restart, and every process reads them.</summary>
public sealed class ProtectionKeys(ProtectionKeyStore store) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. store.All().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        store.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting));
    }
}
