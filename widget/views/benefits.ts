export const styles = '';
export const draw = () => null;
