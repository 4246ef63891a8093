using System.Text;
using System.Xml.Linq;
using Classroom.Storage;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Classroom.Silo.Auth;

/// <summary>Seals Data Protection's keys with the master key before they come into the database: whoever copies that can make no cookie and no ticket.</summary>
public sealed class MasterKeyEncryptor(MasterKey master) : IXmlEncryptor
{
    internal const string Purpose = "data protection";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        ArgumentNullException.ThrowIfNull(plaintextElement);
        var text = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        return new EncryptedXmlInfo(new XElement("sealed", Convert.ToBase64String(master.Close(Purpose, text, Purpose))), typeof(MasterKeyDecryptor));
    }
}

/// <summary>Made by Data Protection, which reads this class' name in the key.</summary>
public sealed class MasterKeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        ArgumentNullException.ThrowIfNull(encryptedElement);
        var text = services.GetRequiredService<MasterKey>().Open(MasterKeyEncryptor.Purpose, Convert.FromBase64String(encryptedElement.Value), MasterKeyEncryptor.Purpose);
        return text is null ? throw new InvalidDataException("Keys:Master: a key of cookies and tickets is sealed with another master key.") : XElement.Parse(Encoding.UTF8.GetString(text));
    }
}
