"""What roles and kinds of organisations are called."""

from repository.accounts.models import OrganisationKind
from repository.permissions import Role

ROLE_LABELS = {
    Role.STUDENT: "Học sinh",
    Role.TEACHER: "Giáo viên",
    Role.EDITOR: "Biên tập viên",
    Role.REVIEWER: "Người thẩm định",
    Role.ADMINISTRATOR: "Quản trị viên",
}
ORGANISATION_LABELS = {
    OrganisationKind.MINISTRY: "Bộ",
    OrganisationKind.DEPARTMENT: "Sở Giáo dục và Đào tạo",
    OrganisationKind.SCHOOL: "Trường",
}
